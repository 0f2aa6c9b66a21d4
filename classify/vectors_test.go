package classify_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
)

// vectorReply is a reply of a vector.
type vectorReply struct {
	Status    int                    `json:"status"`
	Headers   map[string]fieldValues `json:"headers"`
	Body      vectorBody             `json:"body"`
	Base64    []byte                 `json:"body_base64"`
	Cut       bool                   `json:"cut"`
	Operation classify.Operation     `json:"operation"`
	Failure   *classify.Failure      `json:"failure"`
	Sent      *bool                  `json:"sent"`
}

// fieldValues are the values of a header field: one, or a list.
type fieldValues []string

func (v *fieldValues) UnmarshalJSON(text []byte) error {
	if text[0] == '[' {
		return json.Unmarshal(text, (*[]string)(v))
	}
	*v = make([]string, 1)
	return json.Unmarshal(text, &(*v)[0])
}

// vectorBody is a text, or a list of texts and of texts that repeat.
type vectorBody []byte

func (b *vectorBody) UnmarshalJSON(text []byte) error {
	if text[0] != '[' {
		var whole string
		err := json.Unmarshal(text, &whole)
		*b = []byte(whole)
		return err
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(text, &parts); err != nil {
		return err
	}
	for _, part := range parts {
		var own struct {
			Repeat string
			Times  int
		}
		if part[0] == '"' {
			own.Times = 1
			part = fmt.Appendf(nil, `{"repeat":%s,"times":1}`, part)
		}
		if err := json.Unmarshal(part, &own); err != nil {
			return err
		}
		*b = append(*b, strings.Repeat(own.Repeat, own.Times)...)
	}
	return nil
}

func (r *vectorReply) reply() classify.Reply {
	reply := classify.Reply{Status: r.Status, Body: r.Body, Cut: r.Cut, Operation: r.Operation}
	if r.Base64 != nil {
		reply.Body = r.Base64
	}
	for name, values := range r.Headers {
		if reply.Header == nil {
			reply.Header = make(http.Header)
		}
		reply.Header[name] = values
	}
	switch {
	case r.Failure == nil:
	case r.Sent != nil && !*r.Sent:
		reply.Err = &net.OpError{Op: "dial", Err: *r.Failure}
	case *r.Failure != "":
		reply.Err = *r.Failure
	default:
		reply.Err = fmt.Errorf("a failure of no known kind")
	}
	return reply
}

// asGenerated returns a copy of a catalog that has its codes where generated ones have them.
func asGenerated(c *classify.Catalog) *classify.Catalog {
	own := *c
	own.Table = classify.NewTable(c, "")
	own.Codes, own.Aliases = nil, nil
	return &own
}

// eachVector runs a test for each vector of a file.
func eachVector[V any](t *testing.T, name string, run func(t *testing.T, c *classify.Catalog, v V)) {
	catalogs := tables(t)
	var vectors []json.RawMessage
	readJSON(t, filepath.Join(vectorsDir, name), &vectors)
	for i, text := range vectors {
		var head struct{ Holds, Table string }
		var v V
		for _, into := range []any{&head, &v} {
			if err := json.Unmarshal(text, into); err != nil {
				t.Fatalf("%s %d: %v", name, i, err)
			}
		}
		t.Run(fmt.Sprintf("%d %s", i, head.Holds), func(t *testing.T) {
			run(t, catalogs[head.Table], v)
			if c := catalogs[head.Table]; c != nil {
				t.Run("in a table", func(t *testing.T) { run(t, asGenerated(c), v) })
			}
		})
	}
}

// vectorReading is what a vector says of a reading.
type vectorReading struct {
	Form    int    `json:"form"`
	Success bool   `json:"success"`
	Test    int    `json:"test"`
	Weak    bool   `json:"weak"`
	Failed  bool   `json:"failed"`
	Denied  bool   `json:"denied"`
	Code    string `json:"code"`
	Also    string `json:"also"`
	Place   int    `json:"place"`
	Cut     bool   `json:"cut"`
}

// UnmarshalJSON starts from the reading of a reply that says nothing.
func (r *vectorReading) UnmarshalJSON(text []byte) error {
	type plain vectorReading
	own := plain{Form: -1, Test: -1, Place: -1}
	err := json.Unmarshal(text, &own)
	*r = vectorReading(own)
	return err
}

// TestReadVectors reads the replies of the vectors.
func TestReadVectors(t *testing.T) {
	type vector struct {
		Reply   vectorReply
		Reading vectorReading
	}
	eachVector(t, "read.json", func(t *testing.T, c *classify.Catalog, v vector) {
		r := c.Read(v.Reply.reply())
		got := vectorReading{int(r.Form), r.Success, int(r.Test), r.Weak, r.Failed, r.Denied, shown(r.Code), shown(r.Also), int(r.Place), r.Cut}
		if got != v.Reading {
			t.Errorf("got  %s\nwant %s", asJSON(got), asJSON(v.Reading))
		}
	})
}

// vectorDecision is what a vector says of a decision; what it does not name is as
// in a new one.
type vectorDecision struct {
	Source    string       `json:"source"`
	Action    string       `json:"action"`
	Category  string       `json:"category"`
	Code      string       `json:"code"`
	Also      string       `json:"also"`
	Variant   int          `json:"variant"`
	Override  int          `json:"override"`
	RequestID string       `json:"request_id"`
	Field     string       `json:"field"`
	Undecided bool         `json:"undecided"`
	Known     bool         `json:"known"`
	Entry     *vectorEntry `json:"entry"`
	Effect    string       `json:"effect"`
	Delay     *float64     `json:"server_delay_ms"`
	Waits     [][2]float64 `json:"waits_ms"`
}

type vectorEntry struct {
	Kind string `json:"kind"`
	Code string `json:"code"`
}

// shown is a text in UTF-8, as all ports tell it.
func shown(text string) string { return strings.ToValidUTF8(text, "\ufffd") }

// seen returns what is decided, with as many waits as a vector asks for.
func seen(d classify.Decision, waits int) vectorDecision {
	got := vectorDecision{
		Source: d.Source.String(), Action: d.Action.String(), Category: string(d.Category), Code: shown(d.Code), Known: d.Known,
		Also: shown(d.Also), Variant: int(d.Variant), Override: int(d.Override), RequestID: shown(d.RequestID), Field: shown(d.Field), Undecided: d.Undecided(),
		Effect: d.Effect.String(), Waits: [][2]float64{},
	}
	if d.Entry.Kind() != classify.KindNone {
		got.Entry = &vectorEntry{d.Entry.Kind().String(), d.Entry.Code()}
	}
	if d.HasServerDelay {
		delay := inMilliseconds(d.ServerDelay)
		got.Delay = &delay
	}
	for n := range max(waits, 1) {
		shortest, longest, ok := d.Bounds(n)
		if ok {
			got.Waits = append(got.Waits, [2]float64{inMilliseconds(shortest), inMilliseconds(longest)})
		}
	}
	return got
}

// TestDecideVectors decides about the replies of the vectors.
func TestDecideVectors(t *testing.T) {
	type vector struct {
		Reply    vectorReply
		Decision vectorDecision
	}
	eachVector(t, "decide.json", func(t *testing.T, c *classify.Catalog, v vector) {
		want := v.Decision
		want.Effect = cmp.Or(want.Effect, "none")
		want.Waits = append([][2]float64{}, want.Waits...)
		if got := seen(c.Classify(v.Reply.reply()), len(want.Waits)); !reflect.DeepEqual(got, want) {
			t.Errorf("got  %s\nwant %s", asJSON(got), asJSON(want))
		}
	})
}

// TestRedactVectors cuts secrets from the texts of the vectors.
func TestRedactVectors(t *testing.T) {
	type vector struct {
		Reply          vectorReply
		Text, Redacted string
	}
	eachVector(t, "redact.json", func(t *testing.T, c *classify.Catalog, v vector) {
		if got := c.Redact(v.Reply.reply(), v.Text); got != v.Redacted {
			t.Errorf("got %q, want %q", got, v.Redacted)
		}
	})
}

// TestResendVectors asks the decisions of the vectors, and their policies, whether
// to go on and after which wait.
func TestResendVectors(t *testing.T) {
	type resend struct {
		Again    bool    `json:"again"`
		Shortest float64 `json:"shortest_ms"`
		Longest  float64 `json:"longest_ms"`
		Reason   string  `json:"reason"`
	}
	type vector struct {
		Reply   vectorReply
		Attempt struct {
			Retry      int
			Repeatable bool
			Submits    bool
			Other      bool
			Follows    []classify.Action
		}
		Resend resend
		vectorWait
	}
	reasons := map[classify.Reason]string{
		classify.ReasonDecision: "decision", classify.ReasonEffect: "effect", classify.ReasonExhausted: "exhausted", classify.ReasonServerDelay: "server_delay",
	}
	eachVector(t, "resend.json", func(t *testing.T, c *classify.Catalog, v vector) {
		if v.Policy != nil {
			v.check(t)
			return
		}
		r := c.Classify(v.Reply.reply()).Resend(classify.Attempt(v.Attempt))
		got := resend{Again: r.Again, Shortest: inMilliseconds(r.Shortest), Longest: inMilliseconds(r.Longest)}
		if !r.Again {
			got.Reason = reasons[r.Reason]
		}
		if got != v.Resend {
			t.Errorf("got  %s\nwant %s", asJSON(got), asJSON(v.Resend))
		}
	})
}

// vectorWait is a vector of a policy alone.
type vectorWait struct {
	Policy *tablePolicy
	Retry  int
	Delay  milliseconds `json:"delay_ms"`
	Bounds [2]float64   `json:"bounds_ms"`
}

func (v *vectorWait) check(t *testing.T) {
	shortest, longest := v.Policy.policy().ServerBounds(v.Retry, v.Delay.duration())
	if got := [2]float64{inMilliseconds(shortest), inMilliseconds(longest)}; got != v.Bounds {
		t.Errorf("got %v ms, want %v ms", got, v.Bounds)
	}
}

func asJSON(value any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(out.String())
}
