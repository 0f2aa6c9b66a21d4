package importer

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// writer writes a draft in the layout of the shipped spec.
type writer struct {
	out   bytes.Buffer
	line  int // that is written next
	parts []part
}

// part is what can be left out of a draft, and in which line it starts.
type part struct {
	line     int
	what     string
	leaveOut func(rule string) bool // reports whether there is less than before
}

func newWriter() *writer { return &writer{line: 1} }

func (w *writer) bytes() []byte { return w.out.Bytes() }

// lineWidth is how wide a line is where its text can be wrapped.
const lineWidth = 120

// print writes a line so far from the margin.
func (w *writer) print(indent int, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if text != "" {
		w.out.WriteString(strings.Repeat("  ", indent) + text)
	}
	w.out.WriteByte('\n')
	w.line++
}

// begin says that a part starts in the next line.
func (w *writer) begin(what string, leaveOut func(rule string) bool) {
	w.parts = append(w.parts, part{w.line, what, leaveOut})
}

// end says that what follows belongs to no part.
func (w *writer) end() { w.begin("", func(string) bool { return false }) }

// partAt returns the innermost part around a line.
func (w *writer) partAt(line int) *part {
	i, _ := slices.BinarySearchFunc(w.parts, line+1, func(p part, line int) int { return p.line - line })
	if i == 0 {
		return nil
	}
	return &w.parts[i-1]
}

// comment writes lines of a comment.
func (w *writer) comment(indent int, text string) {
	text = clean(text, maxText)
	if text == "" {
		return
	}
	lines := wrapped(text, lineWidth-2*indent-2)
	if lines == nil {
		lines = []string{strings.Trim(quoted(text), `"`)}
	}
	for _, line := range lines {
		w.print(indent, "# %s", line)
	}
}

// text writes a key with a text, unless that is empty.
func (w *writer) text(indent int, name, text, comment string) {
	if text == "" {
		return
	}
	line := name + ": " + scalar(text, false)
	width := lineWidth - 2*indent
	if lines := wrapped(text, width-2); utf8.RuneCountInString(line) > width && len(lines) > 1 {
		w.print(indent, "%s: >-%s", name, behind(comment))
		for _, line := range lines {
			w.print(indent+1, "%s", line)
		}
		return
	}
	w.print(indent, "%s%s", line, behind(comment))
}

// behind is a comment behind a value.
func behind(comment string) string {
	if comment == "" {
		return ""
	}
	return "    # " + clean(comment, lineWidth)
}

// notes writes a list of values that are in braces, each with its comment.
func (w *writer) notes(indent int, name string, list []note) {
	if len(list) == 0 {
		return
	}
	w.print(indent, "%s:", name)
	for _, n := range list {
		w.print(indent+1, "- %s%s", n.text, behind(n.comment))
	}
}

// list writes a list of texts, on one line if there is room.
func (w *writer) list(indent int, name string, texts []string) {
	var items []string
	for _, t := range texts {
		items = append(items, scalar(t, true))
	}
	line := name + ": [" + strings.Join(items, ", ") + "]"
	if utf8.RuneCountInString(line) <= lineWidth-2*indent {
		w.print(indent, "%s", line)
		return
	}
	w.print(indent, "%s:", name)
	for _, item := range items {
		w.print(indent+1, "- %s", item)
	}
}

// fields is a mapping in braces.
type fields []string

func (f *fields) add(name, value string) {
	if value != "" {
		*f = append(*f, name+": "+value)
	}
}

func (f *fields) text(name, value string) {
	if value != "" {
		f.add(name, scalar(value, true))
	}
}

func (f fields) String() string { return "{" + strings.Join(f, ", ") + "}" }

func (w *writer) draft(d *draft) {
	d.sortStatuses()
	w.print(0, "# yaml-language-server: $schema=errors.schema.json")
	w.print(0, "#")
	w.comment(0, "A first spec, imported from "+strings.Join(d.sources, ", ")+". What the source does not say, and what was guessed, is marked as something "+
		"for the author to do; gen check lists it, and gen generate waits for it. Comments say what the rest was read from.")
	w.print(0, "")
	w.print(0, "format: 1")
	w.text(0, "title", clean("Errors of "+d.name(), maxTitle), "")
	w.print(0, "")
	used := d.used()
	w.print(0, "categories:")
	for _, c := range used {
		w.print(1, "%s:", key(c.name))
		w.text(2, "title", clean(c.title, maxTitle), "")
		w.print(2, "action: %s%s", c.action, behind(c.comment))
		w.text(2, "who", c.who, "")
		w.text(2, "summary", clean(c.summary, maxText), "")
	}
	w.print(0, "")
	if p := d.usualPolicy(); p != nil {
		w.print(0, "policies:")
		w.print(1, "backoff: %s%s", p.text, behind(p.comment))
		w.print(0, "")
	}
	w.print(0, "apis:")
	w.api(d)
}

// name is the API's name for people.
func (d *draft) name() string {
	if d.title != "" {
		return d.title
	}
	return "the " + d.api + " API"
}

func (w *writer) api(d *draft) {
	w.print(1, "%s:", key(d.api))
	w.text(2, "title", clean(d.title, maxTitle), "")
	w.text(2, "summary", clean(d.summary, maxText), "")
	if d.url != "" {
		w.print(2, "source: {title: %s, url: %s}", scalar(clean(d.name(), maxTitle), true), quoted(d.url))
	}
	for _, n := range d.notes {
		w.comment(2, n)
	}
	if len(d.operations) > 0 {
		w.print(2, "operations:")
		for _, o := range d.operations {
			w.operation(d, o)
		}
		w.end()
		w.print(0, "")
	}
	if len(d.forms) > 0 {
		w.print(2, "reply:")
		for _, f := range d.forms {
			w.form(d, f)
		}
		w.end()
		w.print(0, "")
	}
	w.notes(2, "delay", d.delays)
	w.notes(2, "request_id", d.requestIDs)
	w.notes(2, "field", d.fields)
	w.notes(2, "overrides", d.overrides)
	w.print(2, "transport:")
	w.print(3, "timeout: {meaning: No answer in time, fix: Retry unless it took effect, category: transient, retry: backoff}")
	w.print(3, "connection: {meaning: No connection, fix: Retry unless it took effect, category: transient, retry: backoff}")
	w.print(0, "")
	w.entries("statuses", d.statuses, d, func(e *entry) { d.statuses = without(d.statuses, e) })
	w.entries("codes", d.codes, d, func(e *entry) { d.codes = without(d.codes, e) })
	if d.readsCodes() {
		w.print(2, "unknown: {meaning: Code that the catalog does not list, fix: Stop and log the whole reply, category: unlisted}")
	}
	w.print(2, "unrecognised: {meaning: Reply in no known form, fix: Stop and log the whole reply, category: unlisted}")
}

func without[T comparable](list []T, one T) []T {
	return slices.DeleteFunc(list, func(other T) bool { return other == one })
}

func (w *writer) operation(d *draft, o *operation) {
	w.begin("operation "+o.name, func(string) bool {
		d.operations = without(d.operations, o)
		for _, e := range slices.Concat(d.statuses, d.codes) {
			e.operations = without(e.operations, o.name)
			for _, x := range e.examples {
				if x.operation == o.name {
					x.operation = ""
				}
			}
		}
		return true
	})
	var f fields
	f.text("title", clean(o.title, maxTitle))
	f.text("method", o.method)
	f.text("path", o.path)
	if o.isRepeatable {
		f.add("repeatable", "true")
	}
	w.print(3, "%s: %s%s", key(o.name), f, behind(o.comment))
}

func (w *writer) form(d *draft, f *form) {
	w.begin("reply form "+f.syntax, func(string) bool {
		d.forms = without(d.forms, f)
		return true
	})
	w.print(3, "- %s:", f.syntax)
	w.notes(5, "ok", f.ok)
	if f.syntax == "text" && len(f.code) > 0 {
		w.print(5, "code: {prefix: [%s]}%s", f.code[0].text, behind(f.code[0].comment))
	} else {
		w.notes(5, "code", f.code)
	}
	if len(f.none) > 0 {
		w.list(5, "none", f.none)
	}
	w.notes(5, "message", f.message)
	if f.trim != "" {
		w.print(5, "trim: %s", f.trim)
	}
}

// readsCodes reports whether any reply has a code.
func (d *draft) readsCodes() bool {
	return slices.ContainsFunc(d.forms, func(f *form) bool { return len(f.code) > 0 })
}

func (w *writer) entries(name string, list []*entry, d *draft, remove func(*entry)) {
	if len(list) == 0 {
		return
	}
	w.print(2, "%s:", name)
	for _, e := range list {
		w.begin(name+" "+e.key, func(rule string) bool {
			if strings.HasSuffix(rule, "-name-clash") && !e.renamed {
				return d.rename(e)
			}
			remove(e)
			return true
		})
		w.entry(d, e)
	}
	w.end()
	w.print(0, "")
}

func (w *writer) entry(d *draft, e *entry) {
	for _, n := range e.notes {
		w.comment(3, n)
	}
	w.print(3, "%s:", key(e.key))
	switch len(e.statuses) {
	case 0:
	case 1:
		w.print(4, "status: %d", e.statuses[0])
	default:
		w.print(4, "status: [%s]", joined(e.statuses))
	}
	w.text(4, "message", clean(e.message, maxText), "")
	if e.meaning == "" && e.message == "" {
		w.text(4, "meaning", toDo("what it means, in a few words"), "")
	} else {
		w.text(4, "meaning", clean(e.meaning, maxText), "")
	}
	action := d.action(e.category.name)
	switch {
	case action == "ok" || action == "wait_poll" && e.fix == "":
	case e.fix != "":
		w.text(4, "fix", clean(e.fix, maxText), "")
	case fixes[action] != "":
		w.text(4, "fix", fixes[action], "")
	case e.isStatus:
		w.text(4, "fix", "Fix the request", "")
	default:
		w.text(4, "fix", toDo("what to do about it"), "")
	}
	comment := ""
	if e.category.from != "" {
		comment = toDo("guessed from " + e.category.from)
	}
	w.print(4, "category: %s%s", key(e.category.name), behind(comment))
	if waits(action) {
		switch {
		case e.retry.text != "":
			w.print(4, "retry: %s%s", e.retry.text, behind(e.retry.comment))
		default:
			w.print(4, "retry: backoff")
		}
	}
	w.text(4, "details", clean(e.details, maxText), "")
	w.text(4, "frequency", e.frequency, "")
	w.text(4, "severity", e.severity, "")
	w.text(4, "impact", clean(e.impact, maxText), "")
	if len(e.operations) > 0 {
		w.list(4, "operations", e.operations)
	}
	if len(e.aliases) > 0 {
		w.list(4, "aliases", e.aliases)
	}
	w.text(4, "go", e.goName, "")
	if len(e.examples) == 0 {
		return
	}
	w.print(4, "examples:")
	for _, x := range e.examples {
		w.begin("example of "+e.key, func(string) bool {
			e.examples = without(e.examples, x)
			return true
		})
		w.example(x)
	}
	w.end()
}

func (w *writer) example(x *example) {
	mark := "- "
	line := func(format string, args ...any) {
		w.print(5, "%s%s", mark, fmt.Sprintf(format, args...))
		mark = "  "
	}
	if x.operation != "" {
		line("operation: %s", scalar(x.operation, false))
	}
	if x.status != 0 {
		line("status: %d", x.status)
	}
	if len(x.headers) > 0 {
		var f fields
		for _, h := range x.headers {
			f.add(scalar(h.text, true), quoted(h.comment))
		}
		line("headers: %s", f)
	}
	line("body: %s", raw(x.body))
}

func joined(numbers []int) string {
	var texts []string
	for _, n := range numbers {
		texts = append(texts, strconv.Itoa(n))
	}
	return strings.Join(texts, ", ")
}

// statusText returns the digits of a status.
func statusText(status int) string { return strconv.Itoa(status) }
