package table

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Vectors returns the tables of a catalog's APIs, and for each of its examples a
// conformance vector: the reply, what it says and what it means, in the shapes of
// spec/vectors. The spec is a base name.
func Vectors(c *model.Catalog, spec string) []byte {
	w := &writer{first: true}
	w.member("generated", model.Mark(spec))
	tables := make(map[string]json.RawMessage)
	var examples []vector
	for _, a := range c.APIs {
		catalog := a.Table()
		tables[a.Name] = JSON(catalog)
		for _, e := range a.Entries() {
			for i, x := range e.Examples {
				because := fmt.Sprintf("example %d of %s %s", i+1, e.Kind, e.Code)
				examples = append(examples, newVector(a.Name, because, x.Reply(), catalog))
			}
		}
	}
	w.member("tables", tables)
	lines(w, "vectors", examples, func(v vector) vector { return v })
	w.out.WriteString("\n}\n")
	return w.out.Bytes()
}

// vector is a reply, and what every interpreter answers to it.
type vector struct {
	Holds    string   `json:"holds"`
	Because  string   `json:"because"`
	Table    string   `json:"table"`
	Reply    reply    `json:"reply"`
	Reading  reading  `json:"reading"`
	Decision decision `json:"decision"`
}

type reply struct {
	Status    int                `json:"status"`
	Headers   http.Header        `json:"headers,omitempty"`
	Body      string             `json:"body,omitempty"`
	Operation classify.Operation `json:"operation,omitempty"`
}

type reading struct {
	Form    int16  `json:"form"`
	Success bool   `json:"success"`
	Test    int16  `json:"test"`
	Weak    bool   `json:"weak"`
	Failed  bool   `json:"failed"`
	Denied  bool   `json:"denied"`
	Code    string `json:"code"`
	Also    string `json:"also"`
	Place   int16  `json:"place"`
	Cut     bool   `json:"cut"`
}

type decision struct {
	Source    string            `json:"source"`
	Action    string            `json:"action"`
	Category  classify.Category `json:"category"`
	Entry     *entryKey         `json:"entry"`
	Code      string            `json:"code"`
	Also      string            `json:"also"`
	Variant   uint16            `json:"variant"`
	Override  uint16            `json:"override"`
	RequestID string            `json:"request_id"`
	Field     string            `json:"field"`
	Known     bool              `json:"known"`
	Effect    string            `json:"effect"`
	Undecided bool              `json:"undecided"`
	Delay     *milliseconds     `json:"server_delay_ms"`
	Waits     [][2]milliseconds `json:"waits_ms"`
}

type entryKey struct {
	Kind string `json:"kind"`
	Code string `json:"code"`
}

// shownWaits is how many waits a vector tells.
const shownWaits = 4

func newVector(api, because string, r classify.Reply, c *classify.Catalog) vector {
	d := c.Classify(r)
	if d.HasServerDelay && r.Header.Get("Date") == "" {
		// Without it, a date would be read against the clock of whoever decides.
		r.Header = r.Header.Clone()
		if r.Header == nil {
			r.Header = make(http.Header)
		}
		r.Header.Set("Date", "Thu, 01 Jan 2026 00:00:00 GMT")
		d = c.Classify(r)
	}
	return vector{
		Holds: "example", Because: because, Table: api,
		Reply:    reply{Status: r.Status, Headers: r.Header, Body: string(r.Body), Operation: r.Operation},
		Reading:  newReading(d.Reading),
		Decision: newDecision(d),
	}
}

func newReading(r classify.Reading) reading {
	return reading{Form: r.Form, Success: r.Success, Test: r.Test, Weak: r.Weak, Failed: r.Failed, Denied: r.Denied, Code: r.Code, Also: r.Also, Place: r.Place, Cut: r.Cut}
}

func newDecision(d classify.Decision) decision {
	own := decision{
		Source: d.Source.String(), Action: d.Action.String(), Category: d.Category, Code: d.Code, Also: d.Also,
		Variant: d.Variant, Override: d.Override, RequestID: d.RequestID, Field: d.Field, Known: d.Known, Effect: d.Effect.String(), Undecided: d.Undecided(), Waits: [][2]milliseconds{},
	}
	if d.Entry.Kind() != classify.KindNone {
		own.Entry = &entryKey{d.Entry.Kind().String(), d.Entry.Code()}
	}
	if d.HasServerDelay {
		delay := milliseconds(d.ServerDelay)
		own.Delay = &delay
	}
	for n := range shownWaits {
		if shortest, longest, ok := d.Bounds(n); ok {
			own.Waits = append(own.Waits, [2]milliseconds{milliseconds(shortest), milliseconds(longest)})
		}
	}
	return own
}
