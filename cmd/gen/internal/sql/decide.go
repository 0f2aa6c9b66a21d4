package sql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

// decide goes through the rows of the table in docs/runtime.md.
func (q *query) decide() {
	c, a := q.catalog, q.answers
	byNumber := func(key string, entries []classify.Entry) string {
		var all []branch
		for i := range entries {
			e := &entries[i]
			all = append(all, branch{fmt.Sprintf("%s = %d", key, e.Number), fmt.Sprint(a.number[e])})
		}
		return cases("NULL::INTEGER", all...)
	}
	q.step("exact", byNumber("status", c.Statuses), "class", byNumber("status // 100", c.Classes))
	bySuccess := "FALSE"
	if !slices.ContainsFunc(c.Forms, func(f classify.Form) bool { return len(f.OK) > 0 }) {
		bySuccess = fmt.Sprintf("(status < 400 AND NOT failed AND entry_prefixed IS NULL AND (entry_listed IS NULL OR %s) AND %s)", a.isOK("entry_listed"), a.isOK("coalesce(exact, class)"))
	}
	q.step("succeeded", anyOf("success", bySuccess))
	rest := func(e *classify.Entry) string {
		if e == nil {
			return "NULL"
		}
		return fmt.Sprintf("CASE WHEN NOT %s THEN %d END", a.isOK(fmt.Sprint(a.number[e])), a.number[e])
	}
	var succeeding, failing []branch
	for _, entry := range []string{"entry_listed", "entry_prefixed", "exact", "class"} {
		if entry != "entry_prefixed" {
			succeeding = append(succeeding, branch{a.isOK(entry), entry})
		}
		failing = append(failing, branch{entry + " IS NOT NULL AND NOT " + a.isOK(entry), entry})
	}
	failing = append(failing, branch{"found <> ''", rest(c.Unknown)})
	q.step("decided", fmt.Sprintf("CASE WHEN succeeded THEN %s ELSE %s END", cases("NULL", succeeding...), cases(rest(c.Unrecognised), failing...)))
	q.step("said", "CASE WHEN success AND decided IS DISTINCT FROM entry_listed THEN '' ELSE found END",
		"known", "CASE WHEN succeeded THEN success OR found = '' OR entry_listed IS NOT NULL ELSE decided IS NOT NULL AND decided < "+fmt.Sprint(a.rest())+" AND (found = '' OR entry_listed IS NOT NULL OR entry_prefixed IS NOT NULL) END")
	q.doubtSecrets()
}

// doubtSecrets doubts codes that are not listed and hold what is secret, which classify cuts
// out of them.
func (q *query) doubtSecrets() {
	isSecret := func(text string) string {
		return "errkb_trim(" + text + ") <> '' AND (contains(said, errkb_trim(" + text + ")) OR regexp_matches(said, '[\\\\&]'))"
	}
	var any []string
	for _, p := range q.catalog.Secret {
		if p.Header != "" {
			any = append(any, fmt.Sprintf("coalesce(len(list_filter(%s, lambda v: %s)) > 0, FALSE)", "errkb_lines("+q.inJSON(p.Header)+")", isSecret("v")))
		}
		if p.JSON == nil {
			continue
		}
		for _, d := range q.bodies {
			any = append(any, d.view().each(p.JSON, func(value string) string { return anyOf("errkb_respelt("+value+")", isSecret("errkb_text("+value+")")) }))
		}
	}
	if len(any) > 0 {
		q.doubt(allOf("entry_listed IS NULL AND said <> ''", anyOf(any...)), secretInCode)
	}
}

// rest is the number of the entries for everything else, or of what would come there.
func (a *answers) rest() int {
	c := a.catalog
	return len(c.Codes) + len(c.Prefixes) + len(c.Statuses) + len(c.Classes) + 1
}

// vary takes the entry's first variant whose tests hold, what it says in the operation, and
// the first override.
func (q *query) vary() {
	c, a := q.catalog, q.answers
	v := ofNothing("plain")
	if len(q.bodies) > 0 {
		v.at = func(place classify.Path) string {
			var own []branch
			for _, d := range q.bodies[1:] {
				own = append(own, branch{fmt.Sprintf("taken = %d", d.form), d.column(place)})
			}
			return cases(q.bodies[0].column(place), own...)
		}
		var own []branch
		for _, d := range q.bodies[1:] {
			own = append(own, branch{fmt.Sprintf("taken = %d", d.form), d.text})
		}
		v.text = cases("plain", own...)
	}
	var variants, numbers []branch
	for e := range entries(c) {
		var own []branch
		for i := range e.Variants {
			q.doubtTests(e.Variants[i].When, v)
			own = append(own, branch{q.hold(e.Variants[i].When, v), fmt.Sprint(i + 1)})
			numbers = append(numbers, branch{fmt.Sprintf("decided = %d AND variant = %d", a.number[e], i+1), fmt.Sprint(a.own[e][len(e.ByOperation)+i])})
		}
		if len(own) > 0 {
			variants = append(variants, branch{fmt.Sprintf("NOT succeeded AND decided = %d", a.number[e]), cases("0", own...)})
		}
		for i := range e.ByOperation {
			numbers = append(numbers, branch{fmt.Sprintf("decided = %d AND variant = 0 AND operation = %s", a.number[e], operationText(e.ByOperation[i].Operation)), fmt.Sprint(a.own[e][i])})
		}
	}
	overrides := []branch{{"succeeded", "0"}}
	for i := range c.Overrides {
		q.doubtTests(c.Overrides[i].When, v)
		overrides = append(overrides, branch{q.hold(c.Overrides[i].When, v), fmt.Sprint(i + 1)})
	}
	q.step("variant", cases("0", variants...), "override", cases("0", overrides...))
	q.step("number", cases("decided", numbers...))
	q.steps = append(q.steps, fmt.Sprintf(`s%d AS (SELECT s.*, a.kind AS entry_kind, a.entry, CASE WHEN succeeded THEN 'ok' ELSE coalesce(a.action, 'fail') END AS own_action,
  coalesce(a.category, '') AS own_category, a.policy AS own_policy, coalesce(a.delays, 0) AS own_delays
  FROM s%d s LEFT JOIN errkb_answers a ON a.api = %s AND a.answer = s.number)`, len(q.steps), len(q.steps)-1, literal(c.Name)))
	q.override()
}

// override does what the server says.
func (q *query) override() {
	a := q.answers
	var actions, categories, policies, delays []branch
	for i := range q.catalog.Overrides {
		o := &q.catalog.Overrides[i]
		is := fmt.Sprintf("override = %d", i+1)
		leaves := "FALSE"
		if o.Sets && o.Action == classify.Fail {
			leaves = "own_action IN ('fail', 'fix_account')"
		}
		if o.Sets {
			actions = append(actions, branch{allOf(is, not(leaves)), literal(o.Action.String())})
		}
		if o.Category != "" {
			categories = append(categories, branch{allOf(is, anyOf(not(leaves), "own_category = ''")), literal(string(o.Category))})
		}
		if o.Policy != nil {
			policies = append(policies, branch{allOf(is, not(leaves)), a.all.policy(o.Policy)})
		}
		if o.Delays != nil {
			delays = append(delays, branch{is, fmt.Sprint(a.delayList(o.Delays))})
		}
	}
	q.step("action", cases("own_action", actions...), "category", cases("own_category", categories...), "any_policy", cases("own_policy", policies...), "delay_list", cases("own_delays", delays...))
	q.step("policy", "CASE WHEN action IN ('retry', 'resubmit', 'wait_poll') THEN any_policy END")
}

// result is the SELECT of the last step.
func (q *query) result() string {
	why := "CASE"
	for _, d := range q.doubts {
		why += "\n  WHEN " + d.when + " THEN " + d.then
	}
	why += " END"
	if len(q.doubts) == 0 {
		why = "NULL::VARCHAR"
	}
	columns := []string{
		"source", "CASE WHEN succeeded THEN 'success' WHEN entry_kind IS NOT NULL THEN entry_kind WHEN found <> '' THEN 'unknown' ELSE 'unrecognised' END",
		"entry", "coalesce(entry, '')", "code", "said", "known", "known", "category", "category", "action", "action", "variant", "variant", "override", "override",
		"policy", "coalesce(policy_name, '')", "retries", "coalesce(retries, 0)",
		"wait_min_ms", "errkb_ms(shortest)", "wait_max_ms", "errkb_ms(longest)", "server_delay_ms", "errkb_ms(server_delay)",
	}
	var out strings.Builder
	out.WriteString("SELECT id, api, operation, status")
	for i := 0; i < len(columns); i += 2 {
		fmt.Fprintf(&out, ",\n  CASE WHEN undecided IS NULL THEN %s END AS %s", columns[i+1], columns[i])
	}
	fmt.Fprintf(&out, ",\n  undecided\nFROM (SELECT *, %s AS undecided FROM s%d)", why, len(q.steps)-1)
	return out.String()
}
