package replay

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// oracle returns the value of each field as encoding/json finds it.
func oracle(line []byte) (found [roles]string, ok bool) {
	var root map[string]json.RawMessage
	if json.Unmarshal(line, &root) != nil || root == nil {
		return found, false
	}
	for r, names := range usual {
		for _, name := range names {
			tokens, err := tokensOf(name)
			if err != nil {
				panic(err)
			}
			if value := valueAt(line, tokens); value != nil && role(r).takes(value) {
				found[r] = string(value)
				break
			}
		}
	}
	return found, true
}

func valueAt(value json.RawMessage, tokens []string) json.RawMessage {
	for _, token := range tokens {
		var members map[string]json.RawMessage
		if json.Unmarshal(value, &members) != nil {
			return nil
		}
		if value = members[token]; value == nil {
			return nil
		}
	}
	return value
}

// FuzzScan finds the fields of a line as encoding/json does.
func FuzzScan(f *testing.F) {
	for _, test := range inputs {
		for line := range strings.Lines(test.input) {
			f.Add(line)
		}
	}
	for _, line := range []string{
		`{"status":200,"status":"x","status_code":500}`, `{"status_code":500,"status":200,"status":null}`, `{"response":{"status":1,"status":404},"response":{"body":"a"}}`,
		`{"st\u0061tus":404,"body":"\ud83d\ude00\ud83d\n\\\/\b\f\r\t\"\u00e9"}`, `{"a":[{},[],[{"b":[1.5e-3,-0,true,false,null]}]],"status":503}`, `{"a":01}`, `{"a":"\x"}`, `{"":{"":1}}`, `{"body":"a` + "\x01" + `"}`,
		`{"body":"` + "\xff" + `"}`, strings.Repeat(`{"a":[`, 50), `{"a":` + strings.Repeat(`[`, maxDepth) + strings.Repeat(`]`, maxDepth) + `}`, `{"a":` + strings.Repeat(`[`, maxDepth-1) + strings.Repeat(`]`, maxDepth-1) + `}`,
	} {
		f.Add(line)
	}
	places, err := Fields{}.places()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, line string) {
		var s scanner
		want, ok := oracle([]byte(line))
		if got := s.read([]byte(line), places); got != ok {
			t.Fatalf("a JSON object: %v, want %v", got, ok)
		}
		if !ok {
			return
		}
		for r := range roles {
			raw := s.raw(r)
			if string(raw) != want[r] {
				t.Errorf("field %d is %q, want %q", r, raw, want[r])
			}
			if len(raw) == 0 || raw[0] != '"' {
				continue
			}
			var value string
			if err := json.Unmarshal(raw, &value); err != nil {
				t.Fatal(err)
			}
			if got := unquoted(nil, raw); utf8.Valid(raw) && string(got) != value {
				t.Errorf("the text of %s is %q, want %q", raw, got, value)
			}
		}
	})
}

// FuzzRead takes any input, in any format.
func FuzzRead(f *testing.F) {
	for _, test := range inputs {
		f.Add(test.input)
		f.Add(gzipped(test.input))
		f.Add(zstandard(test.input))
	}
	c := loaded(f, shop)
	f.Fuzz(func(t *testing.T, input string) {
		for _, format := range []Format{Auto, Formats()[len(input)%4]} {
			r, err := New(c, Options{Format: format})
			if err != nil {
				t.Fatal(err)
			}
			r.Read("in", strings.NewReader(input))
			report := r.Report()
			if report.Replies+report.Unread+report.Others != report.Lines {
				t.Errorf("%s: %d replies, %d unread and %d others in %d lines", format, report.Replies, report.Unread, report.Others, report.Lines)
			}
			if text := string(Page(report, "Shop", "mark")); !utf8.ValidString(text) {
				t.Error("the page is not UTF-8")
			}
		}
	})
}
