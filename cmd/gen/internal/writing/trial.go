package writing

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/serve"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// trial writes replies and has the classifier read them.
type trial struct {
	made  *model.API
	api   *serve.API
	table *classify.Catalog

	hostile string // what a value may hold at the worst
}

func newTrial(a *model.API, api *serve.API) *trial {
	return &trial{made: a, api: api, table: a.Table(), hostile: hostileText(a)}
}

// best returns the draft that most entries can be written by, the first of several such.
func (t *trial) best(entries []*model.Entry, all iter.Seq[serve.Form]) (best serve.Form, ok bool) {
	most := 0
	for form := range all {
		if n := t.writes(entries, form); n > most {
			best, most = form, n
		}
		if most == len(entries) {
			break
		}
	}
	return best, most > 0
}

// writes counts the entries that a form can be written for.
func (t *trial) writes(entries []*model.Entry, form serve.Form) (n int) {
	api := *t.api
	api.Forms = []serve.Form{form}
	alone := *t
	alone.api = &api
	for _, e := range entries {
		if _, ok := alone.entry(e); ok {
			n++
		}
	}
	return n
}

// addHeaders has bodies come with the code in the header, where that is a form of the API
// too and the code is written in the same way, and moves what has no body behind them.
func (t *trial) addHeaders(entries []*model.Entry) {
	forms := t.api.Forms
	header := slices.IndexFunc(forms, func(f serve.Form) bool { return f.Syntax == serve.None })
	if header < 0 {
		return
	}
	for i := range forms {
		if f := forms[i]; f.Syntax != serve.None && f.Before == forms[header].Before && f.After == forms[header].After {
			f.Header = append(slices.Clone(f.Header), forms[header].Header...)
			if t.writes(entries, f) == t.writes(entries, forms[i]) {
				forms[i] = f
			}
		}
	}
	slices.SortStableFunc(forms, func(a, b serve.Form) int {
		return cmp.Compare(min(1, len(b.MediaType)), min(1, len(a.MediaType)))
	})
}

// entry settles the status of an entry, and in which forms it can be written. It reports
// false if there is none.
func (t *trial) entry(e *model.Entry) (best serve.Entry, ok bool) {
	made := newEntry(e)
	want, rest := t.table.ByNumber(e.Number), t.rest(e, made.Code)
	for _, made.Status = range statuses(e) {
		made.Skip = nil
		for i := range t.api.Forms {
			if !t.holds(i, &made, rest, e.Operations, func(d *classify.Decision) bool { return d.Entry == want && d.Source == e.Kind }) {
				made.Skip = append(made.Skip, i)
			}
		}
		if len(made.Skip) < len(t.api.Forms) && (!ok || len(made.Skip) < len(best.Skip)) {
			best, ok = made, true
		}
	}
	return best, ok
}

// rest is what may follow a prefix, so that the catalog does not list the code.
func (t *trial) rest(e *model.Entry, start string) string {
	if e.Kind != classify.KindPrefix {
		return ""
	}
	rest := "30" // which may be a wait
	for range maxRest {
		if _, listed := t.table.Lookup(start + rest); !listed {
			break
		}
		rest += "0"
	}
	return rest
}

// maxRest is how many codes of a prefix are tried.
const maxRest = 20

// bare is a status without a code, in those forms that are then read as no more than that.
func (t *trial) bare(status int) serve.Entry {
	made := serve.Entry{Bare: true, Status: status, Message: http.StatusText(status), Title: http.StatusText(status)}
	said := t.made.StatusEntry(status)
	if said != nil && said.Action != classify.OK {
		text, args := said.Sent()
		if made = newEntry(said); len(args) > 0 {
			text = http.StatusText(status) // there is nobody to give a value
		}
		made.Code, made.Bare, made.Status, made.Message, made.Args = "", true, status, text, nil
	}
	for i := range t.api.Forms {
		if !t.holds(i, &made, "", nil, func(d *classify.Decision) bool {
			return d.Code == "" && d.Action != classify.OK && (said == nil || d.Entry.Kind() == said.Kind && d.Entry.Number() == said.Number)
		}) {
			made.Skip = append(made.Skip, i)
		}
	}
	return made
}

// holds reports whether a form can be written for an entry: whether the catalog decides as
// wanted about it in each operation, and with all that a reply can say beside the code.
func (t *trial) holds(form int, e *serve.Entry, rest string, operations []string, wanted func(*classify.Decision) bool) bool {
	values := []string{"42", t.hostile}
	if len(e.Args) > 0 {
		values = append(values, t.otherCode(e))
	}
	for _, value := range values {
		reply, ok := t.write(form, e, rest, value)
		if !ok {
			return false
		}
		for _, operation := range append([]string{""}, operations...) {
			reply.Operation = classify.Operation(operation)
			if d := t.table.Classify(reply); !wanted(&d) {
				return false
			}
		}
	}
	return true
}

// otherCode returns a code that another entry has, which a value may be.
func (t *trial) otherCode(e *serve.Entry) string {
	for _, other := range t.made.Codes {
		if other.Code != e.Code {
			return other.Code
		}
	}
	return ""
}

// write writes an entry in a form, with what follows the start of its code and a value for each
// argument. With a hostile value it says all that a reply can say. It reports false if that
// can't be sent.
func (t *trial) write(form int, e *serve.Entry, rest, value string) (classify.Reply, bool) {
	api := *t.api
	api.Forms = api.Forms[form : form+1]
	made := *e
	made.Skip = nil
	err := serve.NewPrefixed(&api, &made, rest, slices.Repeat([]string{value}, len(made.Args))...)
	ctx := context.Background()
	if value == t.hostile {
		err = err.WithField("field").WithRetryAfter(cmp.Or(made.Wait, time.Minute))
		ctx = serve.WithRequestID(ctx, "7d3f")
	}
	request := (&http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/"}}).WithContext(ctx)
	out := recorder{header: make(http.Header)}
	api.Write(&out, request, err)
	if slices.ContainsFunc(api.Forms, func(f serve.Form) bool { return f.Syntax == serve.XML }) && !isXML(out.body.Bytes()) {
		return classify.Reply{}, false
	}
	return classify.Reply{Status: out.status, Header: out.header, Body: out.body.Bytes()}, isSendable(out.header)
}

// hostileText is what the texts of an API's tests and codes, and the signs of its syntaxes,
// come to.
func hostileText(a *model.API) string {
	var all strings.Builder
	var add func(tests []classify.Test)
	add = func(tests []classify.Test) {
		for _, one := range tests {
			all.WriteString(one.Text + "\n" + strings.Join(one.Prefix, "\n") + "\n")
			for _, value := range one.Values {
				all.WriteString(value.Text + "\n")
			}
			add(one.Tests)
		}
	}
	for _, f := range a.Forms {
		add(f.OK)
		add(f.Fail)
		all.WriteString(f.After + f.Before)
	}
	for _, e := range a.Codes[:min(len(a.Codes), 1)] {
		all.WriteString("\n" + e.Code)
	}
	return all.String() + "\n\"}]></a>&lt;\r\n\x00\xff"
}

// isSendable reports whether net/http sends the fields unchanged.
func isSendable(h http.Header) bool {
	for name, values := range h {
		for _, value := range values {
			if strings.TrimSpace(value) != value || strings.ContainsFunc(name+value, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
				return false
			}
		}
	}
	return true
}

// isXML reports whether a body is well-formed.
func isXML(body []byte) bool {
	for decoder := xml.NewDecoder(bytes.NewReader(body)); ; {
		if _, err := decoder.Token(); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// recorder is a ResponseWriter that keeps what is written.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header            { return r.header }
func (r *recorder) WriteHeader(status int)         { r.status = status }
func (r *recorder) Write(body []byte) (int, error) { return r.body.Write(body) }
