package markdown

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// TestTables reads every cell of every table back and compares it with the
// model.
func TestTables(t *testing.T) {
	for name, s := range samples() {
		if strings.Contains(name, "|---") || strings.Contains(name, "--- |") {
			continue // the author's own tables are among those of the page
		}
		want := wantTables(s.catalog)
		got := make(map[string][][][]string, len(want))
		for file, content := range s.files {
			got[file] = nil
			for _, b := range readPage(string(content)) {
				if b.kind == "table" {
					got[file] = append(got[file], shownRows(b.rows))
				}
			}
		}
		for _, file := range slices.Sorted(maps.Keys(want)) {
			if diff := cmp.Diff(want[file], got[file]); diff != "" {
				t.Errorf("%q: %s (-want +got):\n%s", name, file, diff)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%q: %d pages, want %d", name, len(got), len(want))
		}
	}
}

func shownRows(rows [][]string) [][]string {
	all := make([][]string, len(rows))
	for i, row := range rows {
		for _, cell := range row {
			all[i] = append(all[i], strings.Join(strings.Fields(shown(cell)), " "))
		}
	}
	return all
}

// tables gathers the tables of a page.
type tables [][][]string

// add adds a table without its empty columns, and none where all are empty.
func (t *tables) add(rows ...[]string) {
	head := rows[0]
	kept := make([][]string, len(rows))
	for column := range head {
		if slices.ContainsFunc(rows[1:], func(row []string) bool { return row[column] != "" }) {
			for i, row := range rows {
				kept[i] = append(kept[i], row[column])
			}
		}
	}
	if len(kept[0]) > 0 {
		*t = append(*t, kept)
	}
}

func wantTables(c *model.Catalog) map[string][][][]string {
	all := map[string][][][]string{"index.md": wantIndex(c), "llms.txt": nil}
	for _, api := range c.APIs {
		all[api.Name+"/index.md"] = wantAPI(c, api)
		for _, e := range api.Entries() {
			all[api.Name+"/"+e.Page()+".md"] = wantEntry(e)
		}
	}
	return all
}

func wantIndex(c *model.Catalog) [][][]string {
	var all tables
	apis := [][]string{{"API", "Codes", "Statuses", "Compared with its guide"}}
	for _, api := range c.APIs {
		apis = append(apis, []string{
			seen(api.Title), strconv.Itoa(len(api.Codes) + len(api.Prefixes)),
			strconv.Itoa(len(api.Statuses) + len(api.Classes)), seen(api.Verified),
		})
	}
	all.add(apis...)
	categories := [][]string{{"Category", "What to do", "Who has to act", "Action", "Where"}}
	actions := [][]string{{"Action", "In short", "What it says", "Categories"}}
	titles := make(map[classify.Action][]string)
	for _, category := range c.Categories {
		titles[category.Action] = append(titles[category.Action], seen(category.Title))
		categories = append(categories, []string{
			seen(category.Title), seen(category.Summary), say.English.WhoTitle(category.Who), category.Action.String(), wantWhere(c, category),
		})
	}
	all.add(categories...)
	for _, a := range classify.Actions() {
		actions = append(actions, []string{a.String(), say.English.ActionTitle(a), say.English.ActionAdvice(a), strings.Join(titles[a], ", ")})
	}
	all.add(actions...)
	policies := [][]string{{"Rule", "What it says", "Wait before the first poll", "Longest wait taken from the server", "Used by"}}
	for _, p := range c.Policies {
		action, users := wantUsers(c, p)
		first := ""
		if p.First > 0 {
			first = say.English.Duration(p.First)
		}
		rule := say.English.RetryRule(p, action)
		policies = append(policies, []string{
			p.Name, strings.ToUpper(rule[:1]) + rule[1:] + ".", first, say.English.Duration(p.DelayLimit()), users,
		})
	}
	all.add(policies...)
	return all
}

func wantWhere(c *model.Catalog, category *model.Category) string {
	var parts []string
	for _, api := range c.APIs {
		for _, group := range []struct {
			entries   []*model.Entry
			one, many string
		}{
			{api.Codes, "code", "codes"},
			{api.Prefixes, "prefix", "prefixes"},
			{append(slices.Clone(api.Statuses), api.Classes...), "status", "statuses"},
			{api.Transport, "failure", "failures"},
			{[]*model.Entry{api.Unknown, api.Unrecognised}, "other answer", "other answers"},
		} {
			n := 0
			for _, e := range group.entries {
				if e != nil && e.Category == category {
					n++
				}
			}
			switch {
			case n == 1:
				parts = append(parts, seen(api.Title)+": 1 "+group.one)
			case n > 1:
				parts = append(parts, seen(api.Title)+": "+strconv.Itoa(n)+" "+group.many)
			}
		}
	}
	return strings.Join(parts, ", ")
}

// wantUsers returns the action of the first entry that waits by a policy, and
// the entries that do.
func wantUsers(c *model.Catalog, p *classify.Policy) (classify.Action, string) {
	action := classify.Retry
	var parts []string
	for _, api := range c.APIs {
		var users []*model.Entry
		for _, e := range api.Entries() {
			if e.Policy == p {
				users = append(users, e)
			}
		}
		if len(users) == 0 {
			continue
		}
		if len(parts) == 0 {
			action = users[0].Action
		}
		parts = append(parts, seen(api.Title)+": "+seenKeys(users))
	}
	return action, strings.Join(parts, "; ")
}

func wantAPI(c *model.Catalog, api *model.API) [][][]string {
	var all tables
	forms := [][]string{{"Order", "Form", "Success if", "Where the code is", "Where the message is"}}
	for i := range api.Forms {
		f := &api.Forms[i]
		success := seenText(say.English.FormSuccess(f))
		if len(f.OK) == 0 && api.TestsSuccess() {
			success = "never"
		}
		forms = append(forms, []string{
			strconv.Itoa(i + 1), seenText(say.English.FormTitle(f)), success, seenText(say.English.FormCode(f)), seenText(say.English.FormPlaces(f, f.Message)),
		})
	}
	all.add(forms...)
	if len(api.Delays) > 1 {
		delays := [][]string{{"Order", "Where the wait is"}}
		for i, d := range api.Delays {
			delays = append(delays, []string{strconv.Itoa(i + 1), seenText(say.English.DelayPlace(d))})
		}
		all.add(delays...)
	}
	overrides := [][]string{{"Order", "If", "Action", "What to do", "Retry", "Category", "Where the wait is"}}
	for i, o := range api.Overrides {
		category := ""
		if o.Category != nil {
			category = seen(o.Category.Title)
		}
		overrides = append(overrides, []string{
			strconv.Itoa(i + 1), seenText(say.English.When(api, o.When)), say.English.OverrideAction(o), seen(o.Fix), say.English.OverrideRule(o), category, seenText(say.English.DelayList(o.Delays)),
		})
	}
	all.add(overrides...)
	operations := [][]string{{"Operation", "What it does", "Request", "Time limit for one try", "May be sent twice"}}
	for _, op := range api.Operations {
		request, timeout, again := "", "none", "no"
		if call := strings.TrimSpace(op.Method + " " + op.Path); call != "" {
			request = seenCode(call)
		}
		if op.Timeout > 0 {
			timeout = say.English.Duration(op.Timeout)
		}
		if op.Repeatable {
			again = "yes"
		}
		operations = append(operations, []string{op.Name, seen(op.Title), request, timeout, again})
	}
	all.add(operations...)
	all.add(wantTree(api)...)
	all.add(wantEntries("Status", append(slices.Clone(api.Statuses), api.Classes...))...)
	for _, category := range c.Categories {
		var codes []*model.Entry
		for _, e := range api.Codes {
			if e.Category == category {
				codes = append(codes, e)
			}
		}
		all.add(wantEntries("Code", codes)...)
	}
	all.add(wantEntries("Codes", api.Prefixes)...)
	all.add(wantEntries("What happened", api.Transport)...)
	all.add(wantEntries("Answer", slices.DeleteFunc([]*model.Entry{api.Unknown, api.Unrecognised}, func(e *model.Entry) bool { return e == nil }))...)
	frequencies := [][]string{{"Answer", "How often", "Severity", "Impact"}}
	for _, e := range api.Entries() {
		if e.Frequency+e.Severity+e.Impact != "" {
			frequencies = append(frequencies, []string{seenKey(e), say.English.FrequencyTitle(e.Frequency), say.English.SeverityTitle(e.Severity), seen(e.Impact)})
		}
	}
	all.add(frequencies...)
	trouble := [][]string{{"What you see", "Cause", "What to do"}}
	for _, row := range api.Troubleshooting {
		trouble = append(trouble, []string{seen(row.Issue), seen(row.Cause), seen(row.Fix)})
	}
	all.add(trouble...)
	return all
}

func wantTree(api *model.API) [][]string {
	rows := [][]string{{"Step", "Question", "If yes", "Retry", "Category", "Pages"}}
	for i, b := range say.English.Tree(api) {
		question, category, rule, pages := seenText(b.Question), "", b.Rule, seenKeys(b.Entries)
		if len(b.Question) == 0 {
			question = "Anything else"
		}
		if b.Category != nil {
			category = seen(b.Category.Title)
		}
		if rule == "" {
			rule = "depends, see the pages"
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), question, say.English.ActionTitle(b.Action), rule, category, pages})
	}
	return rows
}

func wantEntries(key string, entries []*model.Entry) [][]string {
	rows := [][]string{{key, "Meaning", "Action", "What to do", "Retry", "Status", "Operations"}}
	for _, e := range entries {
		meaning := seen(e.Meaning)
		if e.Retired != nil {
			meaning = strings.TrimSpace("Retired. " + meaning)
		}
		retry := say.English.RetryRule(e.Policy, e.Action)
		switch once := e.SentOnce(); {
		case len(once) > 0 && len(once) == len(e.Operations):
			retry = "not automatically"
		case len(once) > 0:
			retry += ", but not for " + seenOperations(e.API, once)
		}
		for _, o := range e.Overrides {
			if say.English.RetryRule(o.Policy, o.Action) != say.English.RetryRule(e.Policy, e.Action) {
				retry += "; differs by operation"
				break
			}
		}
		for _, v := range e.Variants {
			if say.English.RetryRuleOf(e.InVariant(v)) != say.English.RetryRule(e.Policy, e.Action) {
				retry += "; differs in some answers"
				break
			}
		}
		var statuses []string
		if e.Kind == classify.KindCode || e.Kind == classify.KindPrefix {
			for _, status := range e.Statuses {
				statuses = append(statuses, strconv.Itoa(status))
			}
		}
		operations := strings.Join(e.Operations, ", ")
		if len(e.Operations) == len(e.API.Operations) {
			operations = ""
		}
		rows = append(rows, []string{
			seenKey(e), meaning, say.English.ActionTitle(e.Action), seen(e.Fix), retry, strings.Join(statuses, ", "), operations,
		})
	}
	return rows
}

func wantEntry(e *model.Entry) [][][]string {
	var all tables
	if p := e.Policy; p != nil && p.Retries != 0 && e.Action.Waits() {
		waits := [][]string{{say.English.Say(say.RetryTitle(e.Action)), "Wait before it", "Sent after"}}
		for _, row := range say.English.WaitTable(e.Timeline()) {
			waits = append(waits, []string{row.Number, row.Wait, row.Sent})
		}
		all.add(waits...)
	}
	all.add([]string{"How often", "Severity", "Impact"},
		[]string{say.English.FrequencyTitle(e.Frequency), say.English.SeverityTitle(e.Severity), seen(e.Impact)})
	overrides := [][]string{{"Operation", "Action", "What to do", "Retry", "Category"}}
	for _, o := range e.Overrides {
		action, retry := say.English.ActionTitle(o.Action), say.English.RetryRule(o.Policy, o.Action)
		if slices.Contains(e.SentOnce(), o.Operation) {
			action, retry = "Check first: the request may have taken effect, and must not be sent twice", "not automatically"
		}
		overrides = append(overrides, []string{o.Operation, action, seen(o.Fix), retry, seen(o.Category.Title)})
	}
	all.add(overrides...)
	variants := [][]string{{"Order", "If", "Meaning", "Action", "What to do", "Retry", "Category"}}
	for i, v := range e.Variants {
		fix := seen(v.Fix)
		if strings.Contains(strings.TrimSpace(v.Fix), "\n") {
			fix = "see below"
		}
		variants = append(variants, []string{
			strconv.Itoa(i + 1), seenText(say.English.When(e.API, v.When)), seen(v.Meaning), say.English.Verdict(e.InVariant(v)), fix, seen(say.English.RetryRuleOf(e.InVariant(v))), seen(v.Category.Title),
		})
	}
	all.add(variants...)
	lookAlikes := [][]string{{"Code", "How it differs"}}
	for _, l := range e.LookAlikes {
		lookAlikes = append(lookAlikes, []string{seenKey(l.Entry), seen(l.Difference)})
	}
	all.add(lookAlikes...)
	return all
}
