package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// draftOfSamples makes a draft of what replies have in common.
func draftOfSamples(samples []*sample) *draft {
	d := new(draft)
	d.sampledOperations(samples)
	for _, kind := range []string{"json", "xml"} {
		of := slices.DeleteFunc(slices.Clone(samples), func(s *sample) bool { return s.isXML != (kind == "xml") })
		f, codes, messages := formAndPlaces(of)
		if f == nil {
			continue
		}
		f.syntax = kind
		d.forms = append(d.forms, f)
		for _, s := range of {
			d.sampled(s, codes, messages)
		}
	}
	d.texts(samples)
	d.sampledStatuses(samples)
	d.sampledHeaders(samples)
	for _, e := range d.codes {
		slices.Sort(e.statuses)
		e.notes = append(e.notes, fmt.Sprintf("In %d of %s.", e.seenIn, plural2(len(samples), "reply", "replies")))
		if len(e.operations) > maxOperations || len(e.operations) == len(d.operations) {
			e.operations = nil
		}
	}
	return d
}

func plural2(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// sampledOperations names the operations of replies by method and path.
func (d *draft) sampledOperations(samples []*sample) {
	for _, s := range samples {
		if s.operation == "" && (s.method == "" || s.path == "") {
			continue
		}
		i := slices.IndexFunc(d.operations, func(o *operation) bool {
			return s.operation != "" && o.name == s.operation || s.operation == "" && o.method == s.method && o.path == s.path
		})
		if i < 0 {
			op := &operation{name: s.operation, method: s.method, path: s.path}
			d.nameOperation(op)
			i = len(d.operations)
			d.operations = append(d.operations, op)
		}
		s.operation = d.operations[i].name
	}
}

// sampled adds the code of a reply, and an example of it.
func (d *draft) sampled(s *sample, codes, messages []*tally) {
	if s.body == nil || !s.isError() {
		return
	}
	for i, t := range codes {
		n := nodeAt(s.body, t.spot.path)
		if n == nil || n.Kind != syntax.Scalar || !isCodeText(n.Text) || isHTTPStatus(n.Text) || n.Type == syntax.Null || n.Type == syntax.Boolean {
			continue
		}
		e := d.sampledCode(s, n.Text)
		if e.message == "" {
			e.message = firstAt(s.body, messages)
		}
		if len(e.examples) == 0 && !s.isXML && i == 0 {
			x := &example{operation: s.operation, status: s.status, body: asJSON(pruned(s.body, append(slices.Clone(codes), messages...)))}
			e.examples = append(e.examples, x)
		}
		return
	}
}

func (d *draft) sampledCode(s *sample, code string) *entry {
	e, _ := d.code(code)
	e.seenIn++
	if s.status != 0 && !slices.Contains(e.statuses, s.status) {
		e.statuses = append(e.statuses, s.status)
	}
	if s.operation != "" && !slices.Contains(e.operations, s.operation) {
		e.operations = append(e.operations, s.operation)
	}
	return e
}

// pruned returns a body with nothing but some places and truth values: what else a captured
// reply has may be a customer's.
func pruned(n *syntax.Node, keep []*tally) *syntax.Node {
	var walk func(n *syntax.Node, path []string) *syntax.Node
	walk = func(n *syntax.Node, path []string) *syntax.Node {
		out := &syntax.Node{Kind: n.Kind, Text: n.Text, Type: n.Type}
		switch n.Kind {
		case syntax.Mapping:
			for _, pair := range n.Pairs {
				if kept := walk(pair.Value, append(slices.Clone(path), pair.Key.Text)); kept != nil {
					out.Pairs = append(out.Pairs, syntax.Pair{Key: pair.Key, Value: kept})
				}
			}
		case syntax.Sequence:
			for _, item := range n.Items {
				if kept := walk(item, append(slices.Clone(path), "*")); kept != nil {
					out.Items = append(out.Items, kept)
				}
			}
		default:
			if n.Type == syntax.Boolean || slices.ContainsFunc(keep, func(t *tally) bool { return slices.Equal(t.spot.path, path) }) {
				return out
			}
			return nil
		}
		if len(out.Pairs)+len(out.Items) == 0 {
			return nil
		}
		return out
	}
	return walk(n, nil)
}

var (
	textCode = pattern.Of(`^[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+$`)
	textOK   = pattern.Of(`^OK[|: ]`)
)

// texts reads replies in plain text: codes in capitals, and what starts with OK.
func (d *draft) texts(samples []*sample) {
	codes, all := 0, 0
	starts := make(map[string]int)
	for _, s := range samples {
		if s.text == "" || s.isXML || isHTML().MatchString(s.text) {
			continue
		}
		all++
		if start := textOK().FindString(s.text); start != "" {
			starts[start]++
		}
		if textCode().MatchString(s.text) {
			codes++
			e := d.sampledCode(s, s.text)
			if len(e.examples) == 0 {
				e.examples = append(e.examples, &example{operation: s.operation, status: s.status, body: s.text})
			}
		}
	}
	if codes == 0 {
		return
	}
	f := &form{syntax: "text", code: []note{{`""`, fmt.Sprintf("%d of %s in plain text are a code", codes, plural2(all, "reply", "replies"))}}}
	for _, start := range []string{"OK|", "OK:", "OK "} {
		if n := starts[start]; n > 0 {
			f.ok = append(f.ok, note{"{prefix: " + quoted(start) + "}", "in " + plural2(n, "reply", "replies")})
		}
	}
	d.forms = append(d.forms, f)
}

// sampledStatuses adds the statuses of replies, with how often each was seen.
func (d *draft) sampledStatuses(samples []*sample) {
	seen := make(map[int]int)
	for _, s := range samples {
		if s.status >= 200 {
			seen[s.status]++
		}
	}
	for status, n := range seen {
		e, _ := d.status(statusText(status))
		e.meaning = statusMeaning(e.key)
		e.notes = append(e.notes, fmt.Sprintf("In %d of %s.", n, plural2(len(samples), "reply", "replies")))
	}
}

// sampledHeaders notes the headers that say how long to wait, and how a request is called.
func (d *draft) sampledHeaders(samples []*sample) {
	seen := make(map[string]int)
	var order []string
	for _, s := range samples {
		for _, h := range s.headers {
			name := strings.ToLower(h.text)
			if seen[name] == 0 {
				order = append(order, h.text)
			}
			seen[name]++
		}
	}
	d.headersSeen(order, func(name string) string {
		return "in " + plural2(seen[strings.ToLower(name)], "reply", "replies")
	})
}
