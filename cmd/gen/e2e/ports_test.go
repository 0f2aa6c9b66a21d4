package e2e_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
	"github.com/errkb/errkb/cmd/gen/internal/table"
)

// question is what every port of the interpreter is asked.
type question struct {
	Table   string  `json:"table"`
	Reply   asked   `json:"reply"`
	Attempt attempt `json:"attempt"`
}

type asked = modeltest.Sample

type attempt struct {
	Retry      int               `json:"retry"`
	Repeatable bool              `json:"repeatable"`
	Submits    bool              `json:"submits"`
	Other      bool              `json:"other"`
	Follows    []classify.Action `json:"follows"`
}

// newAttempt makes what is known of a call at random.
func newAttempt(r *modeltest.Replier) attempt {
	a := attempt{Retry: modeltest.One(r, -1, 0, 0, 0, 1, 2, 3, 4, 5, 63, 64, 1024, 1<<40), Repeatable: r.Chance(2), Submits: r.Chance(3), Other: r.Chance(4), Follows: []classify.Action{}}
	for r.Chance(3) {
		a.Follows = append(a.Follows, modeltest.One(r, classify.Actions()...))
	}
	return a
}

// portAnswer is what a port of the interpreter answers.
type portAnswer struct {
	Reading   portReading    `json:"reading"`
	Same      bool           `json:"same"` // the decision holds the same reading
	Source    string         `json:"source"`
	Action    string         `json:"action"`
	Category  string         `json:"category"`
	Code      string         `json:"code"`
	Also      string         `json:"also"`
	Variant   int            `json:"variant"`
	Override  int            `json:"override"`
	RequestID string         `json:"request_id"`
	Field     string         `json:"field"`
	Redacted  string         `json:"redacted"` // the body
	Undecided bool           `json:"undecided"`
	Known     bool           `json:"known"`
	Entry     string         `json:"entry"`
	Effect    string         `json:"effect"`
	Fix       string         `json:"fix"`
	Failure   string         `json:"failure"`
	Delay     *float64       `json:"delay_ms"`
	Waits     [4]*[2]float64 `json:"waits_ms"`
	Again     bool           `json:"again"`
	Wait      [2]float64     `json:"wait_ms"`
	Reason    string         `json:"reason"`
}

type portReading struct {
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

var reasons = map[classify.Reason]string{
	classify.ReasonDecision: "decision", classify.ReasonEffect: "effect", classify.ReasonExhausted: "exhausted", classify.ReasonServerDelay: "server_delay",
}

// inGo is the answer of package classify.
func (q *question) inGo(c *classify.Catalog) portAnswer {
	reply := classify.Reply{Status: q.Reply.Status, Header: http.Header(q.Reply.Headers), Body: q.Reply.Body, Cut: q.Reply.Cut, Operation: classify.Operation(q.Reply.Operation)}
	if q.Reply.Failure != nil {
		reply.Err = classify.Failure(*q.Reply.Failure)
		if *q.Reply.Failure == "" {
			reply.Err = errors.New("of no known kind")
		}
		if q.Reply.Sent != nil && !*q.Reply.Sent {
			reply.Err = &net.OpError{Op: "dial", Err: reply.Err}
		}
	}
	d, r := c.Classify(reply), c.Read(reply)
	again := d.Resend(classify.Attempt(q.Attempt))
	answer := portAnswer{
		Reading: portReading{int(r.Form), r.Success, int(r.Test), r.Weak, r.Failed, r.Denied, r.Code, r.Also, int(r.Place), r.Cut},
		Same:    d.Reading == r,
		Source:  d.Source.String(), Action: d.Action.String(), Category: string(d.Category), Code: d.Code, Known: d.Known,
		Also: d.Also, Variant: int(d.Variant), Override: int(d.Override), Undecided: d.Undecided(), RequestID: d.RequestID, Field: d.Field,
		Redacted: c.Redact(reply, strings.ToValidUTF8(string(q.Reply.Body), "\ufffd")),
		Effect:   d.Effect.String(), Fix: d.Fix, Failure: string(d.Failure), Again: again.Again, Wait: [2]float64{ms(again.Shortest), ms(again.Longest)},
	}
	if d.Entry.Kind() != classify.KindNone {
		answer.Entry = d.Entry.Kind().String() + " " + d.Entry.Code()
	}
	if d.HasServerDelay {
		delay := ms(d.ServerDelay)
		answer.Delay = &delay
	}
	for i, n := range [...]int{0, 1, 2, 5} {
		if shortest, longest, ok := d.Bounds(n); ok {
			answer.Waits[i] = &[2]float64{ms(shortest), ms(longest)}
		}
	}
	if !again.Again {
		answer.Reason = reasons[again.Reason]
	}
	return answer
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

// replaced are the characters in the place of bytes that are not UTF-8. Languages
// differ in how many there are.
var replaced = regexp.MustCompile("\ufffd+")

// comparable returns an answer in which what ports may differ in is the same: how
// they show bytes that are not UTF-8, and the last digits of waits over a hundred
// days.
func (a portAnswer) comparable() portAnswer {
	for _, text := range []*string{&a.Code, &a.Also, &a.Reading.Code, &a.Reading.Also, &a.RequestID, &a.Field, &a.Redacted} {
		*text = replaced.ReplaceAllString(strings.ToValidUTF8(*text, "\ufffd"), "\ufffd")
	}
	times := []*float64{&a.Wait[0], &a.Wait[1]}
	if a.Delay != nil {
		delay := *a.Delay
		a.Delay = &delay
		times = append(times, a.Delay)
	}
	for i, wait := range a.Waits {
		if wait != nil {
			own := *wait
			a.Waits[i] = &own
			times = append(times, &own[0], &own[1])
		}
	}
	for _, time := range times {
		if *time > 100*24*3600*1e3 {
			*time = math.Round(*time)
		}
	}
	return a
}

// rarities are what only some answers show.
var rarities = map[string]func(a *portAnswer) bool{
	"a finer code": func(a *portAnswer) bool { return a.Also != "" },
	"a request id": func(a *portAnswer) bool { return a.RequestID != "" },
	"a field":      func(a *portAnswer) bool { return a.Field != "" },
	"a secret":     func(a *portAnswer) bool { return strings.Contains(a.Code+a.Also+a.RequestID+a.Field, "[secret]") },
	"a variant":    func(a *portAnswer) bool { return a.Variant > 0 },
	"an override":  func(a *portAnswer) bool { return a.Override > 0 },
	"no decision":  func(a *portAnswer) bool { return a.Undecided },
	"a failure":    func(a *portAnswer) bool { return a.Reading.Failed },
	"a denial":     func(a *portAnswer) bool { return a.Reading.Denied },
	"a weak sign":  func(a *portAnswer) bool { return a.Reading.Weak },
	"a cut":        func(a *portAnswer) bool { return a.Reading.Cut },
	"a delay":      func(a *portAnswer) bool { return a.Delay != nil && *a.Delay > 0 },
	"no wait":      func(a *portAnswer) bool { return a.Delay != nil && *a.Delay == 0 },
}

// TestPortsAgree asks the interpreters in JavaScript and Python what Go is asked,
// some thousand replies that are sound, spoilt or neither. ERRKB_PORTS sets the
// number of replies to each table, and another seed.
func TestPortsAgree(t *testing.T) {
	t.Parallel()
	count, seed := 600, uint64(1)
	if given := os.Getenv("ERRKB_PORTS"); given != "" {
		n, err := strconv.Atoi(given)
		if err != nil {
			t.Fatal(err)
		}
		count, seed = n, rand.Uint64()
	}
	t.Logf("seed %d", seed)
	tables := make(map[string]json.RawMessage)
	catalogs := make(map[string]*classify.Catalog)
	var questions []question
	for _, c := range portCatalogs(t) {
		for _, a := range c.APIs {
			name := strconv.Itoa(len(tables)) + " " + a.Name
			catalogs[name] = a.Table()
			tables[name] = table.JSON(catalogs[name])
			r := modeltest.NewReplier(seed, a, catalogs[name])
			for _, e := range a.Entries() {
				for _, x := range e.Examples {
					questions = append(questions, question{name, askedOf(x), newAttempt(r)})
				}
			}
			for range count {
				questions = append(questions, question{name, r.Reply(), newAttempt(r)})
			}
		}
	}
	input, err := json.Marshal(map[string]any{"tables": tables, "questions": questions, "now_ms": 1795255200000})
	if err != nil {
		t.Fatal(err)
	}
	for _, port := range [][]string{{"node", filepath.Join("node", "ports.mjs")}, {"python3", filepath.Join("python", "ports.py")}} {
		t.Run(port[0], func(t *testing.T) {
			t.Parallel()
			answers := askPort(t, input, port...)
			if len(answers) != len(questions) {
				t.Fatalf("%d answers to %d questions", len(answers), len(questions))
			}
			wrong := 0
			seen, rare := make(map[string]int), make(map[string]int)
			for i, q := range questions {
				seen[answers[i].Source]++
				seen[answers[i].Reason]++
				for name, shows := range rarities {
					if shows(&answers[i]) {
						rare[name]++
					}
				}
				want, got := q.inGo(catalogs[q.Table]).comparable(), answers[i].comparable()
				if reflect.DeepEqual(want, got) {
					continue
				}
				body := q.Reply.Body
				q.Reply.Body = nil
				if wrong++; wrong <= 10 {
					t.Errorf("%s:\n%s\nbody %.300q\ngot  %s\nwant %s", q.Table, asText(q), body, asText(got), asText(want))
				}
			}
			if wrong > 0 {
				t.Errorf("%d of %d answers differ", wrong, len(questions))
			}
			for _, answer := range []string{"code", "prefix", "status", "status_class", "transport", "unknown", "unrecognised", "success", "decision", "effect", "exhausted", "server_delay", ""} {
				if seen[answer]*200 < len(questions) {
					t.Errorf("only %d of %d answers are %q", seen[answer], len(questions), answer)
				}
			}
			for name := range rarities {
				if rare[name]*500 < len(questions) {
					t.Errorf("only %d of %d answers show %s", rare[name], len(questions), name)
				}
			}
		})
	}
}

// askedOf returns the question about an example, with a date to read dates against.
func askedOf(x model.Example) asked {
	reply := x.Reply()
	headers := map[string][]string{"Date": {"Sat, 21 Nov 2026 10:00:00 GMT"}}
	maps.Copy(headers, reply.Header)
	return asked{Status: reply.Status, Headers: headers, Body: reply.Body, Operation: string(reply.Operation)}
}

func asText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func askPort(t *testing.T, input []byte, port ...string) []portAnswer {
	t.Helper()
	if _, err := exec.LookPath(port[0]); err != nil {
		t.Fatalf("no %s in the path: run scripts/need node python3, or install it", port[0])
	}
	command := exec.CommandContext(t.Context(), port[0], port[1:]...)
	command.Stdin = bytes.NewReader(input)
	var said bytes.Buffer
	command.Stderr = &said
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", port[0], err, said.String())
	}
	var answers []portAnswer
	if err := json.Unmarshal(output, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

// portCatalogs are the catalogs that ports are asked about.
func portCatalogs(t *testing.T) []*model.Catalog {
	vectors, err := os.ReadFile("../../../spec/vectors/errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return []*model.Catalog{
		shippedCatalog(t), loadCatalog(t, "errors.yaml", vectors), loadCatalog(t, "forms.yaml", []byte(lookuptest.FormsSpec)),
		loadCatalog(t, "absent.yaml", []byte(lookuptest.AbsentSpec)), hostileCatalog(t),
	}
}
