package classify

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzClassify checks every decision against what no reply may lead to.
func FuzzClassify(f *testing.F) {
	catalogs := []*Catalog{taskAPI(), taskAPI(), taskAPI(), taskAPI()}
	folding, statuses, trimming := catalogs[1], catalogs[2], catalogs[3]
	folding.FoldCase = true
	for i := range statuses.Forms {
		statuses.Forms[i].OK = nil
	}
	trimming.Forms[0].After, trimming.Forms[0].Before = "#", ":"
	for _, c := range catalogs {
		c.Forms = append(c.Forms,
			Form{Syntax: XML, OK: []Test{{Kind: Present, At: Path{"result"}}}, Code: []Path{{"Error", "Code"}, {"*", "Errors", "Error", "Code"}}},
			Form{Syntax: JSON, OK: []Test{{Kind: Absent, At: Path{"*", "error"}}}, Code: []Path{{"*", "errors", "0"}, {"a/b", "~", ""}}},
			Form{Syntax: Header, OK: []Test{{Kind: HeaderEquals, Header: "X-Ok", Values: []Scalar{{Number, "1"}}}}, Code: []Path{{"X-Error"}}},
		)
		c.Delays = append(c.Delays, Delay{Header: "X-Wait", Unit: time.Millisecond}, Delay{At: Path{"error", "wait"}})
		indexed(c)
	}
	for i := range statuses.Forms {
		statuses.Forms[i].OK = nil
	}
	for _, body := range []string{
		``, `NO_SLOT`, `OK|1`, `08006`, "\ufeff\"NO_SLOT\"\n", `{"status":1,"request":"READY"}`, `{"error":{"code":"\ud83d\ude00","wait":"3.5s"}}`,
		`[{"errors":["NO_SLOT"]}]`, `<Error><Code>NO_SLOT</Code></Error>`, `<html>`, `{"request":"a#NO_SLOT:b"}`, `{"a/b":{"~":{"":1e3}}}`,
	} {
		f.Add(200, body, "30", "NO_SLOT", "submit")
		f.Add(503, body, "Sat, 21 Nov 2116 10:00:30 GMT", "", "")
	}
	f.Fuzz(func(t *testing.T, status int, body, wait, failed, operation string) {
		reply := Reply{
			Status: status, Body: []byte(body), Operation: Operation(operation),
			Header: http.Header{
				"Retry-After": {wait}, "x-wait": {wait}, "X-Error": {failed}, "x-ok": {failed},
				// Without it a date would be read against the clock, which moves on.
				"Date": {"Sat, 21 Nov 2026 10:00:00 GMT"},
			},
		}
		for i, c := range catalogs {
			d := c.Classify(reply)
			if again := c.Classify(reply); again != d {
				t.Fatalf("%d: first %+v, then %+v", i, d, again)
			}
			checkDecision(t, d, c != statuses)
		}
	})
}

// checkDecision checks a decision against what is true of all.
func checkDecision(t *testing.T, d Decision, tests bool) {
	t.Helper()
	switch {
	case d.Entry.IsZero():
		t.Fatal("there is no entry")
	case (d.Action == OK) != (d.Source == KindSuccess):
		t.Fatalf("%s by %s", d.Action, d.Source)
	case d.Action == OK && d.Status >= 400:
		t.Fatalf("success at %d", d.Status)
	case d.Action == OK && !tests && (d.Status < 200 || d.Status > 201):
		t.Fatalf("success at %d, which has no entry", d.Status)
	case d.Source != KindSuccess && d.Source != d.Entry.Kind():
		t.Fatalf("decided by %s, the entry is a %s", d.Source, d.Entry.Kind())
	case (d.Source == KindCode || d.Source == KindPrefix || d.Source == KindUnknown) && d.Code == "":
		t.Fatalf("decided by %s without a code", d.Source)
	case d.Source == KindUnrecognised && d.Code != "":
		t.Fatalf("unrecognised, and yet the code %q", d.Code)
	case d.Policy != nil && !d.Action.Waits():
		t.Fatalf("%s has a policy", d.Action)
	case d.ServerDelay < 0:
		t.Fatalf("the server's delay is %v", d.ServerDelay)
	}
	if said, _ := d.Entry.in(d.Operation); said.Action != d.Action && d.Source != KindSuccess {
		t.Fatalf("the entry says %s, the decision %s", said.Action, d.Action)
	}
	for _, sentence := range d.Why() {
		if sentence == "" || strings.Contains(sentence, "%!") && !strings.Contains(d.Code+string(d.Operation), "%!") {
			t.Fatalf("why: %q", sentence)
		}
	}
	for _, n := range []int{-1, 0, 7, 1 << 40} {
		shortest, longest, waits := d.Bounds(n)
		wait, again := d.Next(n)
		if shortest < 0 || longest < shortest || again && (!waits || wait < shortest || wait > longest) {
			t.Fatalf("wait %v, %t, of %v to %v, %t", wait, again, shortest, longest, waits)
		}
	}
	d.Err()
	d.Disagrees()
}

// FuzzJSONAt compares the reading of JSON with encoding/json.
func FuzzJSONAt(f *testing.F) {
	for _, seed := range [][2]string{
		{`{"a":{"b":"c"}}`, "a/b"}, {`{"a":[1,{"b":null},{"b":"x"}]}`, "a/*/b"}, {`[1,2,3]`, "1"}, {`{"a":1,"a":2}`, "a"},
		{`{"\u0061":"\ud83d\ude00\ud83d"}`, "a"}, {`{"":{"":1e-3}}`, "/"}, {`{"a":"\"\\\/\b\f\n\r\t"}`, "a"}, {` [ [ ] , { } , [ true ] ] `, "*/*"},
		{`{"*":1,"0":[0]}`, "0/0"}, {`{"a":-0.0E+5}`, "a"}, {`"x"`, ""}, {`{"a":"` + "\u2028" + `"}`, "a"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, body, pointer string) {
		if !utf8.ValidString(body) || !utf8.ValidString(pointer) {
			return // encoding/json replaces what is not UTF-8; here it stays
		}
		if !json.Valid([]byte(body)) {
			if (&Form{Code: []Path{{"*"}}}).opensJSON([]byte(body)) {
				t.Fatalf("%q is read as JSON", body)
			}
			return
		}
		var path Path
		if pointer != "" {
			path = strings.Split(pointer, "/")
		}
		decoder := json.NewDecoder(strings.NewReader(body))
		decoder.UseNumber()
		var root any
		if err := decoder.Decode(&root); err != nil {
			t.Fatal(err)
		}
		ambiguous := false
		want, there := lookUp(root, path, &ambiguous)
		if ambiguous {
			return // a Go map has no order
		}

		var d document
		text := strings.TrimSpace(body)
		value := jsonAt([]byte(text), path)
		if (value != nil) != there {
			t.Fatalf("%s at %q: found %q, want %v, %t", text, path, value, want, there)
		}
		got, isText := d.jsonText(value), false
		switch want := want.(type) {
		case string:
			isText = true
			if string(got) != want || !jsonStringIs(value, want) || jsonStringIs(value, want+"x") {
				t.Fatalf("%s at %q is %q, want %q", text, path, got, want)
			}
		case json.Number:
			isText = true
			if string(got) != want.String() || !sameScalar(string(value), &Scalar{Number, want.String()}) {
				t.Fatalf("%s at %q is %q, want %q", text, path, got, want)
			}
		case bool:
			if !sameScalar(string(value), &Scalar{Bool, strconv.FormatBool(want)}) || sameScalar(string(value), &Scalar{Bool, strconv.FormatBool(!want)}) {
				t.Fatalf("%s at %q is %q, want %t", text, path, value, want)
			}
		}
		if !isText && got != nil {
			t.Fatalf("%s at %q has the text %q, want none", text, path, got)
		}
	})
}

// lookUp is the reading of a pointer written for being right, not fast.
func lookUp(value any, path Path, ambiguous *bool) (any, bool) {
	if len(path) == 0 {
		return value, value != nil
	}
	switch value := value.(type) {
	case map[string]any:
		if path[0] == "*" {
			*ambiguous = *ambiguous || len(value) > 1
			for _, member := range value {
				return lookUp(member, path[1:], ambiguous)
			}
			return nil, false
		}
		if member, ok := value[path[0]]; ok {
			return lookUp(member, path[1:], ambiguous)
		}
	case []any:
		for i, element := range value {
			if path[0] == "*" || path[0] == fmt.Sprint(i) {
				if found, ok := lookUp(element, path[1:], ambiguous); ok {
					return found, true
				}
			}
		}
	}
	return nil, false
}

// FuzzParseDelay compares the readings of a delay with one another.
func FuzzParseDelay(f *testing.F) {
	for _, seed := range []string{
		"0", "30", "18446744074", "99999999999999999999999999", "-5", "+5", "1.5", "1e3", "NaN", "0x10", "", "5, 10", "3.5s", "1m30s", "9999999h",
		"Sat, 21 Nov 2026 10:00:30 GMT", "Saturday, 21-Nov-26 10:00:30 GMT", "Sat Nov 21 10:00:30 2026", "1e999", "0.57", "٣",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		h := http.Header{"Date": {"Sat, 21 Nov 2026 10:00:00 GMT"}}
		for _, unit := range []time.Duration{0, time.Millisecond, time.Second} {
			standard := Delay{Header: "Retry-After", Unit: unit}
			other := Delay{Header: "X-Wait", Unit: unit}
			read := func(s Delay, body string) (time.Duration, bool) {
				delay, state := s.read(&Decision{catalog: &Catalog{}}, &Reply{Header: http.Header{s.Header: {text}, "Date": h["Date"]}}, new(document), []byte(body))
				return delay, state == delayGiven || state == delayZero
			}
			strict, isStrict := read(standard, "")
			loose, isLoose := read(other, "")
			if n, ok := parseDigits(strings.TrimSpace(text), standard.unit()); ok && n > longestNumber {
				if isLoose || isStrict != (n >= year2100) {
					t.Fatalf("%q is taken for a wait: %t, as Retry-After: %t", text, isLoose, isStrict)
				}
				continue // which looks like a time
			}
			if strict < 0 || loose < 0 || isStrict && (!isLoose || strict != loose) {
				t.Fatalf("%q is %v, %t, and %v, %t", text, strict, isStrict, loose, isLoose)
			}
			_, isDate := parseDate(strings.TrimSpace(text))
			if digits := strings.Trim(strings.TrimSpace(text), "0123456789") == "" && strings.TrimSpace(text) != ""; isStrict != (digits || isDate) {
				t.Fatalf("%q as Retry-After: %t", text, isStrict)
			}

			quoted, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			member := Delay{At: Path{"wait"}, Unit: unit}
			inBody, isInBody := read(member, `{"wait":`+string(quoted)+`}`)
			if inBody < 0 {
				t.Fatalf("%q in a body is %v", text, inBody)
			}
			if isLoose && !isDate && text == strings.TrimSpace(text) && (!isInBody || inBody != loose) {
				t.Fatalf("%q is %v in a header and %v, %t in a body", text, loose, inBody, isInBody)
			}
			if n, err := strconv.ParseFloat(text, 64); err == nil && n < 0 && isInBody {
				t.Fatalf("%q in a body is %v", text, inBody)
			}
			if n, err := strconv.ParseUint(text, 10, 31); err == nil {
				if want := time.Duration(n) * other.unit(); strict != want || loose != want || inBody != want {
					t.Fatalf("%q is %v, %v and %v, want %v", text, strict, loose, inBody, want)
				}
			}
		}
	})
}
