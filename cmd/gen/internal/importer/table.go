package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// table is a table of errors, with the lines of text above it.
type table struct {
	place  diag.Place // of its header
	header []string
	rows   []row
	above  []string // the nearest last
}

type row struct {
	place diag.Place
	cells []string
}

// roles are what columns hold, by their names in lower case without anything but letters.
var roles = map[string]string{
	"code": "code", "errorcode": "code", "error": "code", "errorname": "code", "errorkey": "code", "exception": "code", "constant": "code", "errorid": "code", "codes": "code", "errorcodes": "code",
	"status": "status", "httpstatus": "status", "statuscode": "status", "http": "status", "httpcode": "status", "httpstatuscode": "status", "responsecode": "status", "httpresponse": "status",
	"message": "message", "errormessage": "message", "msg": "message", "errortext": "message", "responsemessage": "message",
	"meaning": "meaning", "description": "meaning", "summary": "meaning", "cause": "meaning", "explanation": "meaning", "title": "meaning", "reason": "meaning", "details": "meaning", "notes": "meaning",
	"fix": "fix", "resolution": "fix", "solution": "fix", "remedy": "fix", "howtofix": "fix", "whattodo": "fix", "action": "fix", "recommendedaction": "fix", "suggestedaction": "fix", "howtoresolve": "fix", "howtohandle": "fix",
	"category": "category", "class": "category", "group": "category", "type": "category", "errortype": "category",
	"retry": "retry", "retryable": "retry", "shouldretry": "retry", "canretry": "retry", "retriable": "retry", "isretryable": "retry",
	"retrydelay": "delay", "delay": "delay", "wait": "delay", "backoff": "delay", "retryafter": "delay", "waittime": "delay",
	"frequency": "frequency", "severity": "severity",
	"operation": "operation", "operations": "operation", "endpoint": "operation",
}

func roleOf(column string) string {
	return roles[strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(column))]
}

// columns are the indexes of a table's columns by what they hold, the first of each.
func (t *table) columns() map[string]int {
	found := make(map[string]int)
	for i, name := range t.header {
		if role := roleOf(name); role != "" {
			if _, ok := found[role]; !ok {
				found[role] = i
			}
		}
	}
	if i, ok := found["code"]; ok && t.all(i, func(s string) bool { return statusesIn(s) != nil }) {
		if _, has := found["status"]; !has { // the codes are HTTP's
			delete(found, "code")
			found["status"] = i
		}
	}
	return found
}

// all reports whether all cells of a column, of which there are some, hold something.
func (t *table) all(column int, is func(string) bool) bool {
	for _, r := range t.rows {
		if column < len(r.cells) && !is(r.cells[column]) {
			return false
		}
	}
	return len(t.rows) > 0
}

// isAboutErrors reports whether a table has codes or statuses, and says something about them.
func (t *table) isAboutErrors() bool {
	columns := t.columns()
	_, code := columns["code"]
	_, status := columns["status"]
	return (code || status) && len(columns) > 1 && len(t.rows) > 0
}

// tables adds what tables say to a draft.
func (d *draft) tables(tables []*table) {
	for _, t := range tables {
		columns := t.columns()
		if _, ok := columns["category"]; ok && !t.isAboutErrors() {
			d.categoryTable(t, columns)
		}
	}
	for _, t := range tables {
		if !t.isAboutErrors() {
			continue
		}
		columns, category := t.columns(), d.categoryAbove(t.above)
		for _, r := range t.rows {
			d.row(r, columns, category)
		}
	}
}

// categoryTable reads a table of categories: what each is, and whether to retry.
func (d *draft) categoryTable(t *table, columns map[string]int) {
	for _, r := range t.rows {
		cell := func(role string) string { return r.cell(columns, role) }
		title := cell("category")
		c := d.category(title)
		if c == nil {
			continue
		}
		if summary := cell("fix"); summary != "" {
			c.summary = summary + "."
		} else if summary := cell("meaning"); summary != "" {
			c.summary = summary + "."
		}
		if says, ok := yesOrNo(cell("retry")); ok && c.comment != "" {
			c.action, c.comment = map[bool]string{true: "retry", false: "fail"}[says], ""
		}
	}
}

// category returns the source's category of a title, which is made at need: the usual one of
// that name, or one whose action is guessed. It returns nil for what can't be one.
func (d *draft) category(title string) *category {
	name := strings.ToLower(strings.Join(strings.FieldsFunc(title, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9')
	}), "_"))
	if name == "" || len(name) > 60 || isDigits(name[:1]) {
		return nil
	}
	for _, c := range d.categories {
		if c.name == name {
			return c
		}
	}
	c := &category{name: name, title: clean(title, maxTitle)}
	for _, u := range usual {
		if u.name == name {
			*c = u
		}
	}
	if c.action == "" {
		c.action, c.comment = "fail", toDo("the action is a guess")
		if guessed, _ := byWords(title); guessed != "" {
			c.action = d.action(guessed)
		}
	}
	d.categories = append(d.categories, c)
	return c
}

// categoryAbove returns the name of the category that the text above a table speaks of.
func (d *draft) categoryAbove(above []string) string {
	for i := len(above) - 1; i >= 0 && i >= len(above)-3; i-- {
		line := strings.ToLower(strings.TrimLeft(above[i], "# *"))
		for _, c := range d.all() {
			if title := strings.ToLower(c.title); strings.HasPrefix(line, title+" error") || strings.HasPrefix(line, title+":") || line == title {
				return c.name
			}
		}
	}
	return ""
}

func (r *row) cell(columns map[string]int, role string) string {
	i, ok := columns[role]
	if !ok || i >= len(r.cells) {
		return ""
	}
	text := strings.TrimSpace(r.cells[i])
	for _, mark := range []string{"`", "**", "*"} { // around all of it
		if inner, ok := strings.CutPrefix(text, mark); ok && strings.HasSuffix(inner, mark) {
			text = strings.TrimSuffix(inner, mark)
		}
	}
	return clean(text, maxText)
}

// row adds what a row says of a code, or of each of its statuses where it has none.
func (d *draft) row(r row, columns map[string]int, category string) {
	cell := func(role string) string { return r.cell(columns, role) }
	code, statuses := cell("code"), statusesIn(cell("status"))
	if code == "" {
		for _, status := range statuses {
			e, _ := d.status(status)
			d.say(e, cell, category)
		}
		if len(statuses) == 0 && strings.Join(r.cells, "") != "" {
			d.leave("line %d of %s: it has neither a code nor a status", r.place.Line, r.place.File)
		}
		return
	}
	if strings.ContainsAny(code, " \t") && !pattern.Of(`^[A-Z0-9_ ]+$`)().MatchString(code) || len(code) > maxCode {
		d.leave("line %d of %s: %s does not look like a code", r.place.Line, r.place.File, diag.Quote(code))
		return
	}
	e, _ := d.code(code)
	for _, status := range statuses {
		if n := statusNumber(status); n != 0 && !slices.Contains(e.statuses, n) {
			e.statuses = append(e.statuses, n)
		}
	}
	d.say(e, cell, category)
}

// say adds to an entry what the cells of a row say, where nothing before did.
func (d *draft) say(e *entry, cell func(role string) string, category string) {
	set := func(to *string, text string) {
		if *to == "" {
			*to = text
		}
	}
	set(&e.message, cell("message"))
	set(&e.meaning, cell("meaning"))
	set(&e.fix, sentence(cell("fix")))
	if c := cell("category"); c != "" {
		if own := d.category(c); own != nil {
			category = own.name
			if says, ok := yesOrNo(cell("retry")); ok && own.comment != "" && says {
				own.action, own.comment = "retry", ""
			}
		}
	}
	if category != "" && e.category.name == "" {
		e.category = guess{name: category}
	}
	if says, ok := yesOrNo(cell("retry")); ok && e.category.name == "" {
		d.retryColumn(e, says, cell("retry"))
	}
	if _, rest, ok := strings.Cut(cell("retry"), " — "); ok {
		set(&e.fix, sentence(rest))
	}
	if wait := waitIn(cell("delay")); wait != "" && e.retry.text == "" {
		e.retry = note{wait, toDo("how often is a guess")}
		set(&e.fix, "Wait, then send the same request again")
	}
	if f := strings.ReplaceAll(strings.ToLower(firstWords(cell("frequency"), 2)), " ", "-"); e.frequency == "" {
		for _, known := range []string{"very-common", "occasional", "rare"} {
			if strings.HasPrefix(f, known) {
				e.frequency = known
			}
		}
	}
	if s := strings.ToLower(firstWords(cell("severity"), 1)); e.severity == "" {
		switch s {
		case "none", "low", "medium", "high":
			e.severity = s
		case "normal":
			e.severity = "none"
		case "critical":
			e.severity = "high"
		}
	}
}

// retryColumn takes the category from whether the table says to retry.
func (d *draft) retryColumn(e *entry, retry bool, said string) {
	guessed := e.guessCategory()
	action := d.action(guessed.name)
	switch {
	case retry == (action == "retry"):
		e.category = guessed
		if retry {
			e.category.from = ""
		}
	case retry:
		e.category = guess{name: "transient"}
	case action == "retry":
		e.category = guess{name: "permanent"}
	}
}

// yesOrNo reads whether a cell says yes or no; ok is false where it says neither.
func yesOrNo(text string) (says, ok bool) {
	switch strings.Trim(strings.ToLower(firstWords(text, 1)), ".,;:") {
	case "yes", "true", "y", "retryable", "✅", "✓", "always":
		return true, true
	case "no", "false", "n", "never", "❌", "✗", "don't":
		return false, true
	}
	return false, false
}

func firstWords(text string, n int) string {
	fields := strings.Fields(text)
	return strings.Join(fields[:min(n, len(fields))], " ")
}

// sentence starts a text with a capital, unless its first word is a name.
func sentence(text string) string {
	if first := firstWords(text, 1); first != "" && first == strings.ToLower(first) && isLetters(first) {
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

func isLetters(text string) bool { return strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") == "" }

var statusWord = pattern.Of(`^[1-5](?:\d\d|xx|XX)\b`)

// statusesIn returns the statuses that a cell lists: 429, "500, 503", 4xx, or "404 Not Found".
func statusesIn(text string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",/;|", r) }) {
		found := statusWord().FindString(strings.Trim(part, " `*"))
		if found == "" {
			return nil
		}
		all = append(all, strings.ToLower(found))
	}
	return all
}

var waitText = pattern.Of(`(\d+)(?:\s*(?:-|–|to)\s*(\d+))?\s*(ms|milliseconds?|s\b|secs?\b|seconds?|m\b|mins?\b|minutes?|h\b|hours?)`)

// waitIn returns the policy in braces that a text such as "3-10 seconds (exponential)" names.
func waitIn(text string) string {
	found := waitText().FindStringSubmatch(strings.ToLower(text))
	if found == nil {
		return ""
	}
	unit := found[3][:1]
	if strings.HasPrefix(found[3], "ms") || strings.HasPrefix(found[3], "milli") {
		unit = "ms"
	}
	low, err := strconv.Atoi(found[1])
	if err != nil || low == 0 || low > 10_000 {
		return ""
	}
	if found[2] == "" {
		return fmt.Sprintf("{growth: constant, base: %d%s, retries: 3}", low, unit)
	}
	high, err := strconv.Atoi(found[2])
	if err != nil || high <= low || high > 10_000 {
		return ""
	}
	return fmt.Sprintf("{growth: exponential, base: %d%s, factor: 2, max: %d%s, retries: 3}", low, unit, high, unit)
}
