package modeltest

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Sample is a reply, or that there was none, in the shape in which interpreters in other
// languages are asked about it.
type Sample struct {
	Status    int                 `json:"status"`
	Headers   map[string][]string `json:"headers"`
	Body      []byte              `json:"body"`
	Operation string              `json:"operation"`
	Cut       bool                `json:"cut"`
	Failure   *string             `json:"failure,omitempty"`
	Sent      *bool               `json:"sent,omitempty"`
}

// Replier makes replies of an API at random, many of them spoilt.
type Replier struct {
	*rand.Rand
	api   *model.API
	table *classify.Catalog

	codes    []string
	examples []string         // bodies
	tests    []classify.Test  // all of the table, also those that others are made of
	delays   []classify.Delay // all places for delays of the table
	places   []classify.Place // all that are neither a code's nor a delay's
}

// NewReplier returns one that makes the same replies for the same seed.
func NewReplier(seed uint64, a *model.API, table *classify.Catalog) *Replier {
	r := &Replier{Rand: rand.New(rand.NewPCG(seed, uint64(len(a.Name)))), api: a, table: table}
	for _, e := range a.Entries() {
		r.codes = append(r.codes, e.Code)
		r.codes = append(r.codes, e.Aliases...)
		for _, x := range e.Examples {
			r.examples = append(r.examples, x.Body)
		}
	}
	r.places = slices.Concat(table.RequestID, table.Field, table.Secret)
	r.collect()
	return r
}

// One returns one of some values.
func One[T any](r *Replier, from ...T) T { return from[r.IntN(len(from))] }

// Chance reports true about once in n times.
func (r *Replier) Chance(n int) bool { return r.IntN(n) == 0 }

var oddTexts = []string{
	"", " ", "BRAND_NEW", "brand new", "0", "1", "1.0", "-1", "1e3", "1e400", "12345678901234567890", "true", "null", "é", "Ü_9", "ß", "ẞ", "ſ", "\u212a", "İ", "ı",
	"ΣΑΣ", "\u0301", "Ⅷ", "٣", "x:y", "a#b", "\u00a0", "\u2028", "\u200b", "\U0001f600", "\xff", "\xed\xa0\x80", "\xc3", "<b>", "{}", "OK|1", "\"", "\\", "\x00", "\n",
}

// word returns what may stand where a code does.
func (r *Replier) word() string {
	if len(r.table.Secret) > 0 && r.Chance(2) { // a secret is one only where it stands twice
		return One(r, "12345", "12345", "12345", "sk-12345", "34567", "abc")
	}
	if r.Chance(3) || len(r.codes) == 0 {
		return One(r, oddTexts...)
	}
	code := One(r, r.codes...)
	switch r.IntN(8) {
	case 0:
		return strings.ToLower(code)
	case 1:
		return strings.ToUpper(code)
	case 2:
		return strings.TrimSuffix(code, "*") + One(r, oddTexts...)
	}
	return strings.TrimSuffix(code, "*")
}

// Reply makes a reply.
func (r *Replier) Reply() Sample {
	q := Sample{Status: One(r, 0, 200, 200, 201, 204, 206, 301, 302, 400, 401, 403, 404, 409, 410, 429, 429, 500, 502, 503, 503, 599), Headers: map[string][]string{}}
	q.Operation = One(r, "", "other")
	if n := len(r.table.Endpoints); n > 0 && !r.Chance(3) {
		q.Operation = string(r.table.Endpoints[r.IntN(n)].Operation)
	}
	if r.Chance(12) {
		failure := One(r, "timeout", "connection", "dns", "tls", "canceled", "", "odd")
		sent := failure == "" || r.Chance(2)
		q.Failure, q.Sent = &failure, &sent
	}
	body := r.body()
	for r.Chance(2) {
		body = r.spoil(body)
	}
	q.Body = []byte(body)
	r.addHeaders(q.Headers)
	if r.Chance(8) {
		q.Cut = true
		q.Body = q.Body[:r.IntN(len(q.Body)+1)]
	}
	// Without it the port's clock would decide.
	q.Headers[r.anyCase("Date")] = []string{One(r, "Sat, 21 Nov 2026 10:00:00 GMT", "Saturday, 21-Nov-26 10:00:00 GMT", "Sat Nov 21 10:00:00 2026")}
	return q
}

// addHeaders adds fields that the table looks for, some in several lines.
func (r *Replier) addHeaders(headers map[string][]string) {
	set := func(name string, lines ...string) {
		for i := range lines {
			lines[i] = strings.ToValidUTF8(lines[i], "\ufffd")
		}
		headers[r.anyCase(name)] = lines
	}
	for _, test := range r.tests {
		if test.Header == "" || !r.Chance(3) {
			continue
		}
		value := One(r, "1", "yes", " ", "x")
		if len(test.Values) > 0 {
			value = One(r, test.Values...).Text
		}
		if len(test.Prefix) > 0 {
			value = One(r, test.Prefix...)
		}
		set(test.Header, r.lines(value+One(r, "", "", " ", "x"))...)
	}
	for i := range r.table.Forms {
		form := &r.table.Forms[i]
		for _, place := range form.Code {
			if form.Syntax == classify.Header && r.Chance(2) {
				set(place[0], r.trimmed(form), "second")
			}
		}
	}
	for _, place := range r.places {
		if place.Header != "" && r.Chance(2) {
			set(place.Header, r.lines(r.word()+One(r, "", "", " ", "x"))...)
		}
	}
	for _, delay := range r.delays {
		if delay.Header != "" && r.Chance(2) {
			set(delay.Header, r.lines(r.delay(&delay))...)
		}
	}
}

// lines returns a field's value, now and then in several lines.
func (r *Replier) lines(value string) []string {
	switch r.IntN(12) {
	case 0:
		return []string{value, One(r, "second", "", value)}
	case 1:
		return []string{"", value}
	case 2:
		if start, end, ok := strings.Cut(value, ","); ok {
			return []string{start, end}
		}
	}
	return []string{value}
}

// collect collects the tests and the places for delays.
func (r *Replier) collect() {
	var add func(tests []classify.Test)
	add = func(tests []classify.Test) {
		for _, test := range tests {
			r.tests = append(r.tests, test)
			add(test.Tests)
		}
	}
	for _, form := range r.table.Forms {
		add(form.OK)
		add(form.Fail)
	}
	r.delays = slices.Clone(r.table.Delays)
	for _, e := range r.entries() {
		r.delays = append(r.delays, e.Delays...)
		for _, v := range e.Variants {
			add(v.When)
			r.delays = append(r.delays, v.Delays...)
		}
	}
	for _, o := range r.table.Overrides {
		add(o.When)
		r.delays = append(r.delays, o.Delays...)
	}
}

func (r *Replier) entries() []classify.Entry {
	c := r.table
	all := slices.Concat(c.Codes, c.Prefixes, c.Statuses, c.Classes, c.Transport)
	for _, e := range []*classify.Entry{c.Unknown, c.Unrecognised} {
		if e != nil {
			all = append(all, *e)
		}
	}
	return all
}

func (r *Replier) anyCase(name string) string {
	switch r.IntN(4) {
	case 0:
		return strings.ToLower(name)
	case 1:
		return strings.ToUpper(name)
	}
	return name
}

var waits = []string{
	"0", "1", "30", "7.5", "0.57", "601", "18446744074", "9223372036", "9223372037", "99999999999999999999", "999999999", "1000000000", "1000000001", "4102444799", "4102444800", "1795255230", "2.0", "-5", "+5", "1e3", "1e999", "1.", ".5", "NaN", "0x10", "5, 10", "soon",
	"3.5s", "1m30s", "100ms", "5us", "5µs", "5μs", "7ns", "1h", "9999999h", "2540400h10m10.000000000s", "0.3333333333333333333h", "1.00000000000000000001s", "1s1", "-1s", "1d", "s", "..s", "00030", "0.100000000000000000000h",
	"9223372036854775807ns", "9223372036854775808ns", "1.9223372036854775808s", "0.9223372036854775809s", "٣",
	"Sat, 21 Nov 2026 10:00:30 GMT", "Saturday, 21-Nov-26 10:00:30 GMT", "Sat Nov 21 10:00:30 2026", "Sat Nov  1 10:00:30 2026", "sat,  21 nov 2026  9:00:30 GMT", "Sat, 21 Nov 2026 10:00:30.000 GMT",
	"Sat, 21 Nov 2026 10:00:30,5 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Sat, 31 Nov 2026 10:00:30 GMT", "Tue, 29 Feb 2028 00:00:00 GMT", "Mon, 01 Jan 0000 00:00:00 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
	"Sunday, 06-Nov-68 08:49:37 UTC", "Sunday, 06-Nov-69 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sat, 21 Nov 2026 10:00:30 CET", "Sat, 21 Nov 2026 24:00:00 GMT", "Wed, 29 Feb 2100 00:00:00 GMT", "Thu, 29 Feb 2400 00:00:00 GMT",
}

// instants are points in time, near to the Date of the replies and far from it.
var instants = []string{
	"1795255230", "1795255200", "1795255100", "1795255230.5", "1795255230000", "1795255230250", "1.79525523e9", "0", "30", "1e999", "99999999999999999999", "4948855200", "4948855201",
	"2026-11-21T10:00:30Z", "2026-11-21T10:00:30.25Z", "2026-11-21T10:00:30,123456789123Z", "2026-11-21T11:30:30+01:30", "2026-11-21T09:00:31-01:00", "2026-11-21T9:59:59Z", "2026-11-21t10:00:30z",
	"2026-11-31T10:00:30Z", "2026-02-29T10:00:30Z", "2028-02-29T10:00:30+24:60", "2026-11-21T10:00:60Z", "2026-11-21T24:00:00Z", "2026-11-21T10:00:30+25:00", "2026-11-21 10:00:30Z", "2026-11-21T10:00:30", "2026-13-01T00:00:00Z",
	"0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2126-10-28T10:00:00Z", "2126-10-28T10:00:01Z", "2026-00-10T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-21T10:00:30.Z",
}

var rateLimits = []string{
	`"a";r=0;t=5`, `"a";r=0;t=5,"b";r=0;t=9,"c";r=3;t=60`, `"a, b;r=0;t=99";r=1;t=5`, `"a";q=7 ; t=4;r=0`, `"a";r=0;t=0, "b";r=0;t=2`, `"a";r=0`, `"a";t=5`, `"a\"b;r=0;t=1";r=0;t=2`, `"a;r=0;t=3`, `"a\`,
	`a;r=0;r=1;t=5`, `a;r=1;r=0;t=5`, `a;r= 0;t=5`, `a;r=0;t=5.5`, `a;r=0;t=99999999999999999999`, `;;,,`, `r=0;t=5`, `a;r=00;t=05`, `a;r;t`, `limit=5, remaining=0, reset=7`, `a;r=0;t=601`, `a;R=0;T=5`,
}

func (r *Replier) delay(at *classify.Delay) string {
	delay := One(r, waits...)
	switch {
	case at.As == classify.AsTime && !r.Chance(4):
		delay = One(r, instants...)
	case at.As == classify.AsRateLimit && !r.Chance(6):
		delay = One(r, rateLimits...)
	}
	if r.Chance(4) {
		delay = strings.ToValidUTF8(r.spoil(delay), "\ufffd")
	}
	return One(r, "", "", "", " ") + delay + One(r, "", "", "", " ")
}
