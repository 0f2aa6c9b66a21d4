package lookup

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// The APIs of a catalog of many read replies alike: they differ in their codes. To ask
// the classifier of each about every reply would be most of what a lookup does. So those
// are asked that have a code which stands anywhere in the reply, and one of each kind for
// the others, which say the same as that one. If an API with a code knows the reply, what
// the others say does not count.

// readers finds the APIs that may know a reply.
type readers struct {
	starts starts
	kinds  [][]*api        // the APIs of each kind; the first are those that are always asked
	codes  *lexicon[[]int] // of the other APIs, with the starts of prefixes: each with the APIs that have it, by their index
}

// fewAPIs are so few that all can be asked.
const fewAPIs = 8

// sortReaders finds out which APIs are of one kind.
func (x *Index) sortReaders() {
	if len(x.apis) <= fewAPIs {
		return
	}
	r := &readers{kinds: make([][]*api, 1), codes: newLexicon[[]int](ofSpellings)}
	x.readers = r
	owners := map[string][]int{}
	for i := range x.apis {
		a := &x.apis[i]
		codes, isKnown := a.codeStarts()
		if isKnown {
			a.kind = r.kindOf(a)
		}
		r.kinds[a.kind] = append(r.kinds[a.kind], a)
		for _, code := range codes {
			owners[code] = append(owners[code], i)
		}
	}
	for code, apis := range owners {
		r.codes.add(code, apis)
	}
	r.codes.sort()
	r.codes.fileStarts(&r.starts)
}

// kindOf returns the kind of those that read replies as the API does.
func (r *readers) kindOf(a *api) int {
	for kind, same := range r.kinds[1:] {
		if reflect.DeepEqual(same[0].Forms, a.Forms) {
			return kind + 1
		}
	}
	r.kinds = append(r.kinds, nil)
	return len(r.kinds) - 1
}

// codeStarts returns texts of which one stands in every reply that holds a code of the
// API, if that is known and the API has nothing to say about other replies.
func (a *api) codeStarts() (starts []string, isKnown bool) {
	if a.FoldCase || len(a.RequestID)+len(a.Field)+len(a.Secret) > 0 {
		return nil, false
	}
	for _, e := range a.Codes {
		starts = append(append(starts, e.Code), e.Aliases...)
	}
	for _, e := range a.Prefixes {
		starts = append(starts, strings.TrimSuffix(e.Code, "*"))
	}
	if slices.Contains(starts, "") {
		return nil, false
	}
	return starts, true
}

// judgeSome asks some APIs about a reply if what others would say does not count, and
// else returns nil.
func (x *Index) judgeSome(r classify.Reply) []verdict {
	if x.readers == nil || !isVerbatim(r.Body, len(x.numbers) > 0) {
		return nil
	}
	has := x.readers.mayRead(r, len(x.apis))
	asked := make([]bool, len(x.readers.kinds)) // the one that speaks for its kind
	known := false
	var verdicts []verdict
	for i := range x.apis {
		a := &x.apis[i]
		speaks := a.kind > 0 && !has[i]
		if speaks && asked[a.kind] {
			continue
		}
		v := a.judge(r)
		switch {
		case !speaks:
			known = known || v.knows()
		case v.knows():
			return nil // as do all of its kind
		default:
			asked[a.kind] = true
			v.alike = x.readers.kinds[a.kind]
		}
		verdicts = append(verdicts, v)
	}
	if !known {
		return nil
	}
	return verdicts
}

// mayRead reports which APIs have a code that stands in a reply.
func (s *readers) mayRead(r classify.Reply, apis int) []bool {
	has := make([]bool, apis)
	note := func(apis []int) {
		for _, i := range apis {
			has[i] = true
		}
	}
	s.codes.within(&s.starts, string(r.Body), note)
	for _, values := range r.Header {
		for _, value := range values {
			s.codes.within(&s.starts, value, note)
		}
	}
	return has
}

// isVerbatim reports whether a code that a body holds stands in it verbatim: not escaped,
// not in pieces and, if the catalog has codes that are numbers, not as another number of
// that value.
func isVerbatim(body []byte, numbers bool) bool {
	if bytes.ContainsAny(body, `\&`) || bytes.Contains(body, []byte("<!")) || bytes.Contains(body, []byte("encoding=")) {
		return false
	}
	if numbers && exponent().Match(body) {
		return false
	}
	// In XML, what an element holds is in one piece if nothing follows an element in it.
	if body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff"))); len(body) == 0 || body[0] != '<' {
		return true
	}
	for rest := body; len(rest) > 0; {
		tag, after, _ := bytes.Cut(rest, []byte(">"))
		rest = after
		_, name, _ := bytes.Cut(tag, []byte("<"))
		isEnd := len(name) == 0 || name[0] == '/' || name[len(name)-1] == '/'
		if next := bytes.TrimSpace(rest); isEnd && len(next) > 0 && next[0] != '<' {
			return false
		}
	}
	return true
}

var exponent = pattern.Of(`[0-9][eE]`)
