package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// describe makes entries and forms of what the replies of all operations have in common.
func (o *openAPI) describe() {
	var codes, messages tallies
	withSchema := 0
	for _, same := range bySchema(o.errors()) {
		spots := o.spots(same[0].schema)
		if len(spots) > 0 {
			withSchema += len(same)
		}
		codes.replies(len(same), spots, (*spot).codeScore)
		messages.replies(len(same), spots, (*spot).messageScore)
	}
	codePlaces := codes.best(enoughForCode)
	messagePlaces := slices.DeleteFunc(messages.best(enoughForMessage), func(t *tally) bool {
		return slices.ContainsFunc(codePlaces, func(c *tally) bool { return pointer(c.spot.path) == pointer(t.spot.path) })
	})
	const what = "descriptions of errors"
	f := &form{syntax: "json"}
	for _, t := range codePlaces {
		f.code = append(f.code, t.placeNote(withSchema, what))
	}
	for _, t := range messagePlaces {
		f.message = append(f.message, t.placeNote(withSchema, what))
	}
	o.success(f)
	if len(f.code) > 0 || len(f.ok) > 0 {
		o.forms = append(o.forms, f)
	}
	o.headers()
	o.describeStatuses()
	o.listCodes(codePlaces)
	o.readExamples(codePlaces, messagePlaces)
	o.limitStatuses()
}

func (o *openAPI) errors() []*described {
	return slices.DeleteFunc(slices.Clone(o.replies), func(r *described) bool { return !r.isError() })
}

// bySchema puts replies together that have one schema, errors and others apart, in the order of
// the first of each.
func bySchema(replies []*described) (all [][]*described) {
	type group struct {
		schema  *syntax.Node
		isError bool
	}
	index := make(map[group]int)
	for _, r := range replies {
		g := group{r.schema, r.isError()}
		i, ok := index[g]
		if !ok {
			i = len(all)
			index[g] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], r)
	}
	return all
}

// success finds a truth value that tells success from failure.
func (o *openAPI) success(f *form) {
	var inSuccess, inError tallies
	bodies := 0
	for _, same := range bySchema(o.replies) {
		to, first := &inSuccess, same[0]
		if first.isError() {
			to = &inError
		} else if first.schema != nil {
			bodies += len(same)
		}
		to.replies(len(same), o.spots(first.schema), (*spot).successScore)
	}
	for _, t := range inSuccess.best(1) {
		other := inError.by[pointer(t.spot.path)]
		if other == nil || t.count*10 < bodies*9 {
			continue
		}
		comment := fmt.Sprintf("in %d of %s with a body, and in %d of errors", t.count, plural2(bodies, "description of success", "descriptions of successes"), other.count)
		if t.count < bodies {
			comment = toDo("do all successes have it? " + comment)
		}
		f.ok = append(f.ok, note{"{at: " + placeScalar(t.spot.path) + ", equals: true}", comment})
	}
}

// headers finds what headers of errors say: how long to wait, whether to retry, the code, and
// how the request is called.
func (o *openAPI) headers() {
	seen := make(map[string]int)
	var order []string
	for _, r := range o.replies {
		headers := r.node.At("headers")
		if headers == nil {
			continue
		}
		for _, pair := range headers.Pairs {
			name := pair.Key.Text
			if seen[strings.ToLower(name)] == 0 {
				order = append(order, name)
			}
			seen[strings.ToLower(name)]++
		}
	}
	o.headersSeen(order, func(name string) string { return "in " + plural(seen[strings.ToLower(name)], "description") })
}

// headersSeen notes what headers say: how long to wait, whether to retry, the code, and how the
// request is called.
func (d *draft) headersSeen(names []string, evidence func(name string) string) {
	for _, name := range names {
		lower := strings.ToLower(name)
		if !headerName().MatchString(name) {
			continue
		}
		value := note{"{header: " + name + "}", evidence(name)}
		switch {
		case lower == "retry-after":
			d.delays = append(d.delays, value)
		case lower == "ratelimit":
			value.text = "{header: " + name + ", as: ratelimit}"
			d.delays = append(d.delays, value)
		case lower == "x-should-retry":
			d.overrides = append(d.overrides,
				note{"{when: {header: " + name + `, equals: "true"}, action: retry, retry: backoff}`, value.comment},
				note{"{when: {header: " + name + `, equals: "false"}, action: fail, fix: Do not send it again}`, ""})
		case strings.HasSuffix(lower, "error-code"):
			d.forms = append(d.forms, &form{syntax: "header", code: []note{{name, value.comment}}})
		case slices.Contains([]string{"x-request-id", "request-id", "x-ms-request-id", "x-amzn-requestid", "x-github-request-id", "x-correlation-id", "x-trace-id"}, lower):
			d.requestIDs = append(d.requestIDs, value)
		}
	}
}

var headerName = pattern.Of(`^[A-Za-z][A-Za-z0-9-]{0,100}$`)

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// describeStatuses makes an entry for each status, with what most operations say it means.
func (o *openAPI) describeStatuses() {
	meanings := make(map[string]map[string]int)
	for _, r := range o.replies {
		if r.status == "default" {
			continue
		}
		e, isNew := o.status(r.status)
		if isNew {
			meanings[r.status] = make(map[string]int)
		}
		e.operations = append(e.operations, r.operation)
		if said := firstSentence(text(r.node, "description")); said != "" {
			meanings[r.status][said]++
		}
		o.retryable(e, r)
	}
	for _, e := range o.statuses {
		said, most := "", 0
		for _, r := range o.replies { // in the order of the document
			if d := firstSentence(text(r.node, "description")); r.status == e.key && meanings[e.key][d] > most {
				said, most = d, meanings[e.key][d]
			}
		}
		e.meaning = statusMeaning(e.key)
		if most*2 > len(e.operations) && !saysNothing().MatchString(said) {
			e.meaning = said
		}
		if n := len(meanings[e.key]); n > 1 {
			e.notes = append(e.notes, fmt.Sprintf("Described in %d ways by %s.", n, plural(len(e.operations), "operation")))
		}
	}
	o.hasDefault = slices.ContainsFunc(o.replies, func(r *described) bool { return r.status == "default" })
}

// saysNothing matches descriptions of replies that don't tell one status from another.
var saysNothing = pattern.Of(`(?i)^(?:the |an? |default |successful |success |error |expected )*(?:response|ok|success|successful|error|default|result|.{0,3})(?: response)?$`)

// fallbacks adds entries for the statuses that any API may answer with.
func (d *draft) fallbacks() {
	keys := []string{"4xx", "429", "5xx"}
	knows := slices.ContainsFunc(d.statuses, func(e *entry) bool { return e.key[0] == '2' }) ||
		slices.ContainsFunc(d.forms, func(f *form) bool { return len(f.ok) > 0 })
	if !knows {
		keys = append(keys, "2xx")
	}
	for _, key := range keys {
		e, isNew := d.status(key)
		if !isNew {
			continue
		}
		e.meaning = statusMeaning(key)
		e.notes = []string{"Not in the source, but any API and what is before it may answer so."}
		switch {
		case key == "2xx":
			e.notes = []string{"Not in the source. " + toDo("what a success is, if the status does not say it")}
		case d.hasDefault && key != "429":
			e.notes = []string{"The source has it as the default reply."}
		}
	}
}

// retryKeys are extensions that say whether to send a request again.
var retryKeys = []string{"x-retryable", "x-should-retry", "x-is-retryable", "x-retry"}

// retryable reads what the document itself says about retries.
func (o *openAPI) retryable(e *entry, r *described) {
	for _, key := range retryKeys {
		said := r.node.At(key)
		if said == nil || said.Kind != syntax.Scalar {
			continue
		}
		switch said.Text {
		case "true":
			e.category = guess{name: "transient"}
		case "false":
			e.category = guess{name: "permanent"}
		default:
			continue
		}
		if text := key + " says so."; !slices.Contains(e.notes, text) {
			e.notes = append(e.notes, text)
		}
	}
}

// listCodes makes an entry for each value that is listed for a place of codes.
func (o *openAPI) listCodes(places []*tally) {
	for _, t := range places {
		for _, r := range o.errors() {
			for _, s := range o.spotsAt(r.schema, t.spot.pointer()) {
				if s.areStatuses() {
					continue
				}
				for _, v := range s.values {
					if isPlaceholder(v.text) {
						continue
					}
					if len(v.text) > maxCode || v.text != clean(v.text, maxCode) {
						o.leave("code %s: it is not a text on one line of up to %d characters", scalar(clean(v.text, 40), false), maxCode)
						continue
					}
					e, isNew := o.code(v.text)
					if isNew {
						e.meaning = firstSentence(v.meaning)
					}
					e.seen(r)
				}
			}
		}
	}
}

// seen notes that a reply can have the code.
func (e *entry) seen(r *described) {
	if status := statusNumber(r.status); status != 0 && !slices.Contains(e.statuses, status) {
		e.statuses = append(e.statuses, status)
	}
	if !slices.Contains(e.operations, r.operation) {
		e.operations = append(e.operations, r.operation)
	}
}

// statusNumber returns a status, and 0 for a class or a default.
func statusNumber(key string) int {
	n, err := strconv.Atoi(key)
	if err != nil {
		return 0
	}
	return n
}

// Of how many a list says something about an entry.
const (
	maxStatuses   = 3
	maxOperations = 8
)

// limitStatuses drops statuses and operations that say nothing: a schema that all replies share
// lists its codes for all of them.
func (o *openAPI) limitStatuses() {
	for _, e := range slices.Concat(o.statuses, o.codes) {
		slices.Sort(e.statuses)
		if n := len(e.statuses); n > maxStatuses {
			e.statuses = nil
		}
		if n := len(e.operations); n > maxOperations || n == len(o.operations) {
			e.operations = nil
		}
	}
}

// maxExamples is how many examples an entry gets.
const maxExamples = 2

// readExamples adds the examples of errors to their codes, or else to their statuses.
func (o *openAPI) readExamples(codes, messages []*tally) {
	for _, r := range o.errors() {
		for _, x := range r.examples {
			if x.Kind != syntax.Mapping {
				continue
			}
			e := o.exampleOf(r, x, codes)
			if e == nil {
				continue
			}
			if e.message == "" && !e.isStatus {
				e.message = firstAt(x, messages)
			}
			body := asJSON(x)
			isThere := slices.ContainsFunc(e.examples, func(other *example) bool { return other.body == body })
			if len(e.examples) < maxExamples && !isThere && len(body) <= maxBody {
				e.examples = append(e.examples, &example{operation: r.operation, status: statusNumber(r.status), body: body})
			}
		}
	}
}

// exampleOf returns the entry of an example: that of the code in it, or of its status.
func (o *openAPI) exampleOf(r *described, x *syntax.Node, codes []*tally) *entry {
	for _, t := range codes {
		n := nodeAt(x, t.spot.path)
		if n == nil || n.Kind != syntax.Scalar || n.Type == syntax.Null || n.Type == syntax.Boolean || !isCodeText(n.Text) || isHTTPStatus(n.Text) {
			continue
		}
		e, isNew := o.code(n.Text)
		if isNew || len(e.statuses) > maxStatuses {
			e.statuses = nil
		}
		e.seen(r)
		return e
	}
	if statusNumber(r.status) == 0 {
		return nil
	}
	e, _ := o.status(r.status)
	return e
}

// isCodeText reports whether a text may be a code, and not a sentence or what stands for one.
func isCodeText(text string) bool {
	return text != "" && len(text) <= 80 && text == clean(text, 80) && !strings.Contains(text, " ") && !strings.ContainsAny(text, "<>{}") &&
		!isPlaceholder(text)
}

// isPlaceholder reports whether a text stands for any code, or for none.
func isPlaceholder(text string) bool {
	return slices.Contains([]string{"string", "code", "error", "type", "reason", "0", "none", "null", "ok", "success"}, strings.ToLower(text))
}

// firstAt returns the first text at one of some places.
func firstAt(n *syntax.Node, places []*tally) string {
	for _, t := range places {
		if found := nodeAt(n, t.spot.path); isText(found) {
			return clean(found.Text, maxText)
		}
	}
	return ""
}

// nodeAt returns what is at a path in which * is the first item or member that has the rest.
func nodeAt(n *syntax.Node, path []string) *syntax.Node {
	if n == nil || len(path) == 0 {
		return n
	}
	if path[0] != "*" {
		return nodeAt(n.At(path[0]), path[1:])
	}
	for _, item := range n.Items {
		if found := nodeAt(item, path[1:]); found != nil {
			return found
		}
	}
	for _, pair := range n.Pairs {
		if found := nodeAt(pair.Value, path[1:]); found != nil {
			return found
		}
	}
	return nil
}
