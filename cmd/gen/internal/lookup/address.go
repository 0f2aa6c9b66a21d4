package lookup

import (
	"cmp"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// address is a host or a path of an API in a text.
type address struct {
	at        int
	api       *api
	operation classify.Operation // empty where the host alone is there, or the path is of several
}

// addresses are the addresses in a text, in order.
type addresses struct {
	all     []address
	foreign string // a host that was called and is not known, where none of these is there
}

// apis returns the APIs that are addressed.
func (a addresses) apis() map[*api]bool {
	found := map[*api]bool{}
	for _, own := range a.all {
		found[own.api] = true
	}
	return found
}

// before returns the API and the operation that what stands at a place is about: those
// of the last address before it, or else of the first after it.
func (a addresses) before(at int) (own *api, operation classify.Operation) {
	if len(a.all) == 0 {
		return nil, ""
	}
	i := max(0, slices.IndexFunc(a.all, func(o address) bool { return o.at >= at })-1)
	if a.all[len(a.all)-1].at < at {
		i = len(a.all) - 1
	}
	own = a.all[i].api
	for k := i; k >= 0; k-- {
		if a.all[k].api == own && a.all[k].operation != "" {
			return own, a.all[k].operation
		}
	}
	for _, after := range a.all[i:] {
		if after.api == own && after.operation != "" {
			return own, after.operation
		}
	}
	return own, ""
}

// HostsOf returns the hosts of an API: those that its summary, its guide and its links
// name. Of a host for documents the domain counts, as the API is beside it.
func HostsOf(a *model.API) []string {
	var all []string
	texts := []string{a.Summary, a.Source.URL}
	for _, link := range a.Links {
		texts = append(texts, link.URL)
	}
	for _, op := range a.Operations {
		texts = append(texts, op.Path)
	}
	for _, text := range texts {
		for _, found := range hostPattern().FindAllStringSubmatch(text, -1) {
			host := strings.ToLower(strings.TrimRight(found[1], "."))
			if first, domain, _ := strings.Cut(host, "."); slices.Contains(besides, first) && strings.Contains(domain, ".") {
				host = domain
			}
			if !slices.Contains(all, host) {
				all = append(all, host)
			}
		}
	}
	return all
}

var hostPattern = pattern.Of(`https?://([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)`)

// besides are the first labels of hosts that stand beside an API.
var besides = []string{"docs", "doc", "blog", "www", "developer", "developers", "dev", "help", "support", "status", "api", "console", "dashboard", "learn", "guide", "guides", "reference"}

// pathsOf returns the start of the path of each operation, up to its first blank.
func pathsOf(a *model.API) []string {
	all := make([]string, len(a.Operations))
	for i, op := range a.Operations {
		path := op.Path
		if _, rest, ok := strings.Cut(path, "://"); ok {
			_, path, _ = strings.Cut(rest, "/")
			path = "/" + path
		}
		path, _, _ = strings.Cut(path, "{")
		if path = strings.TrimRight(path, "/"); len(path) >= minPath {
			all[i] = path
		}
	}
	return all
}

// minPath is how long the path of an operation is that tells whose it is.
const minPath = 4

// findAddresses finds the hosts and paths of APIs.
func (x *Index) findAddresses(view string) addresses {
	var found addresses
	for k := range x.apis {
		a := &x.apis[k]
		for _, host := range a.hosts {
			for at := range indexes(view, host) {
				if isHost(view, at, at+len(host)) {
					found.all = append(found.all, address{at, a, ""})
				}
			}
		}
		for _, path := range a.paths {
			if path == "" {
				continue
			}
			for at := range indexes(view, path) {
				if operation, ok := a.called(view, at); ok {
					found.all = append(found.all, address{at, a, operation})
				}
			}
		}
	}
	slices.SortStableFunc(found.all, func(a, b address) int { return cmp.Compare(a.at, b.at) })
	if len(found.all) == 0 && x.hosts {
		found.foreign = calledHost(view)
	}
	return found
}

// indexes yields where a part of a text starts.
func indexes(text, part string) func(yield func(at int) bool) {
	return func(yield func(at int) bool) {
		for from := 0; ; {
			at := strings.Index(text[from:], part)
			if at < 0 || !yield(from+at) {
				return
			}
			from += at + 1
		}
	}
}

// isHost reports whether a part of a text is a host, or the end of one.
func isHost(text string, from, to int) bool {
	before, after := charAt(text, from-1), charAt(text, to)
	return !isHostLetter(before) && !isHostLetter(after) && !(after == '.' && isHostLetter(charAt(text, to+1)))
}

func isHostLetter(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '-' || c == '_'
}

// charAt returns the byte at a place of a text, or 0.
func charAt(text string, at int) byte {
	if at < 0 || at >= len(text) {
		return 0
	}
	return text[at]
}

// called returns the operation that a path in a text is of, and whether it is a path of
// the API.
func (a *api) called(text string, at int) (operation classify.Operation, ok bool) {
	end := at
	for end < len(text) && isPathLetter(text[end]) {
		end++
	}
	path := strings.TrimRight(text[at:end], ".,:")
	start := at
	for start > 0 && (isHostLetter(text[start-1]) || text[start-1] == '.' || text[start-1] == ':') {
		start--
	}
	if start < at {
		if !strings.HasSuffix(text[:start], "://") && !strings.Contains(text[start:at], ".") {
			return "", false
		}
		start = schemeBefore(text, start)
	}
	if before := charAt(text, at-1); before == '/' || before == '%' {
		return "", false
	}
	method := methodBefore(text, start)
	fewest, known := 1<<10, false
	for i, op := range a.Operations {
		if a.paths[i] == "" || method != "" && op.Method != "" && op.Method != method {
			continue
		}
		one := classify.Catalog{Endpoints: []classify.Endpoint{{Operation: "it", Path: pathOf(op.Path)}}}
		if one.OperationOf("", path) == "" {
			continue
		}
		known = true
		switch blanks := strings.Count(op.Path, "{"); {
		case blanks < fewest:
			operation, fewest = classify.Operation(op.Name), blanks
		case blanks == fewest:
			operation = ""
		}
	}
	return operation, known
}

// schemeBefore returns where the scheme starts that stands before a place of a text, or
// that place.
func schemeBefore(text string, at int) int {
	rest, ok := strings.CutSuffix(text[:at], "://")
	if !ok {
		return at
	}
	rest = strings.TrimSuffix(rest, "s")
	return len(strings.TrimSuffix(rest, "http"))
}

// pathOf returns the path of an operation without its host.
func pathOf(path string) string {
	if _, rest, ok := strings.Cut(path, "://"); ok {
		_, path, _ = strings.Cut(rest, "/")
		return "/" + path
	}
	return path
}

func isPathLetter(c byte) bool {
	return isHostLetter(c) || strings.IndexByte("/.~%!$&*+,;=:@", c) >= 0 && c != 0
}

// methods are the methods of HTTP.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// methodBefore returns the method that stands before a place of a text, or nothing.
func methodBefore(text string, at int) string {
	before := strings.TrimRight(text[max(0, at-16):at], " \"'")
	for _, method := range methods {
		if rest, ok := strings.CutSuffix(before, method); ok && (rest == "" || !isHostLetter(rest[len(rest)-1])) {
			return method
		}
	}
	return ""
}

// calledHost returns the first host that a text says was called, or nothing.
func calledHost(text string) string {
	for at := range indexes(text, "://") {
		if host := hostFrom(text, at+len("://")); host != "" && saysCalled(text, schemeBefore(text, at+len("://"))) {
			return host
		}
	}
	for _, found := range hostHeader().FindAllStringIndex(text, -1) {
		if host := hostFrom(text, found[1]); host != "" {
			return host
		}
	}
	if found := hostNamed().FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// hostNamed is where a sentence names the host that something comes from.
var hostNamed = pattern.Of(`(?:^|[ \n(])(?:from|by|calling|von|de|da) ((?:[A-Za-z0-9-]+\.)+(?:com|org|net|io|ai|dev|app|cloud))(?:[ \n,;:!?)]|\.?$|\. )`)

// hostHeader is where a request names the host that it is for.
var hostHeader = pattern.Of(`(?:^|\n)[<>* ]*[Hh]ost: *|[Hh]ost=["']`)

// hostFrom returns the host that starts at a place of a text, if it has a point and a
// letter.
func hostFrom(text string, at int) string {
	end := at
	for end < len(text) && end < at+maxHost && (isHostLetter(text[end]) || text[end] == '.') {
		end++
	}
	host := strings.TrimRight(text[at:end], ".")
	if !strings.Contains(host, ".") || areDigits(strings.ReplaceAll(host, ".", "")) {
		return ""
	}
	return host
}

// maxHost is how long the name of a host is.
const maxHost = 253

// saysCalled reports whether the address at a place of a text is one that was called.
func saysCalled(text string, at int) bool {
	if methodBefore(text, at) != "" {
		return true
	}
	before := text[max(0, at-maxCalled):at]
	line := fold(before[strings.LastIndexByte(before, '\n')+1:])
	return slices.ContainsFunc(callWords, func(word string) bool { return strings.Contains(line, word) })
}

// callWords stand before an address that was called.
var callWords = []string{"curl ", "url", "request", "endpoint", "fetch", "host", "calling", "call to"}

// maxCalled is how far before an address these may stand.
const maxCalled = 80
