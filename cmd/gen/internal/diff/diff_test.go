package diff_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

const base = `format: 1
title: Test
categories:
  bad: {title: Bad, action: fail, who: developer, summary: Fix it.}
  busy: {title: Busy, action: retry, who: client}
  account: {title: Account, action: fix_account, who: account-owner}
policies:
  slow: {base: 5s, retries: 3}
  quick: {base: 1s, retries: 3}
apis:
  shop:
    title: Shop
    operations:
      buy: {title: Buy, method: POST, path: /buy, timeout: 5s}
      look: {title: Look, method: GET, path: /look, repeatable: true}
    reply:
      - json: {code: [/code], message: [/error]}
    delay:
      - {header: Retry-After}
    unknown: {category: bad, meaning: Not listed, fix: Ask}
    statuses:
      4xx: {category: bad, meaning: Refused, fix: Fix it}
    codes:
      EMPTY: {category: bad, meaning: Nothing there, fix: Fill it, status: 400}
      FULL: {category: busy, meaning: No room, fix: Wait, retry: slow, aliases: [FULLY]}
  other:
    title: Other
    reply:
      - text: {code: {prefix: [""]}}
    codes:
      X: {category: bad, meaning: An X, fix: Remove it}
`

func load(t *testing.T, source string) *model.Catalog {
	t.Helper()
	c, problems := check.Load("spec.yaml", []byte(source))
	if c == nil {
		t.Fatalf("spec has problems: %+v", problems)
	}
	return c
}

func TestCatalogs(t *testing.T) {
	const (
		empty = "      EMPTY: {category: bad, meaning: Nothing there, fix: Fill it, status: 400}\n"
		full  = "      FULL: {category: busy, meaning: No room, fix: Wait, retry: slow, aliases: [FULLY]}\n"
		other = "  other:\n    title: Other\n    reply:\n      - text: {code: {prefix: [\"\"]}}\n    codes:\n      X: {category: bad, meaning: An X, fix: Remove it}\n"
		look  = "      look: {title: Look, method: GET, path: /look, repeatable: true}\n"
		slow  = "growth: constant, base: 5s, retries: 3"
		quick = "growth: constant, base: 1s, retries: 3"
	)
	tests := []struct {
		name     string
		old, new string // in base
		want     []diff.Change
		back     []diff.Change // from the newer to the older
	}{
		{
			name: "api", old: other, new: "",
			want: []diff.Change{{API: "other", Kind: "removed", Field: "api", Old: "Other", Level: diff.Major}},
			back: []diff.Change{{API: "other", Kind: "added", Field: "api", New: "Other", Level: diff.Minor}},
		},
		{
			name: "code", old: empty, new: "",
			want: []diff.Change{{API: "shop", Code: "EMPTY", Kind: "removed", Field: "code", Old: "fail", Level: diff.Major}},
			back: []diff.Change{{API: "shop", Code: "EMPTY", Kind: "added", Field: "code", New: "fail", Level: diff.Minor}},
		},
		{
			name: "renamed code", old: "      EMPTY: {", new: "      BLANK: {aliases: [EMPTY, VOID], ",
			want: []diff.Change{
				{API: "shop", Code: "BLANK", Kind: "renamed", Field: "code", Old: "EMPTY", New: "BLANK", Level: diff.Minor},
				{API: "shop", Code: "BLANK", Kind: "changed", Field: "go", Old: "Empty", New: "Blank", Level: diff.Major},
				{API: "shop", Code: "BLANK", Kind: "added", Field: "alias", New: "VOID", Level: diff.Minor},
			},
			back: []diff.Change{
				{API: "shop", Code: "BLANK", Kind: "removed", Field: "code", Old: "fail", Level: diff.Major},
				{API: "shop", Code: "EMPTY", Kind: "added", Field: "code", New: "fail", Level: diff.Minor},
			},
		},
		{
			name: "renamed code that keeps its constant", old: "      EMPTY: {", new: "      BLANK: {go: Empty, aliases: [EMPTY], ",
			want: []diff.Change{{API: "shop", Code: "BLANK", Kind: "renamed", Field: "code", Old: "EMPTY", New: "BLANK", Level: diff.Minor}},
		},
		{
			name: "renamed code after another", old: full, new: "      PACKED: {go: Full, category: busy, meaning: No room, fix: Wait, retry: slow, aliases: [FULLY, FULL]}\n",
			want: []diff.Change{{API: "shop", Code: "PACKED", Kind: "renamed", Field: "code", Old: "FULL", New: "PACKED", Level: diff.Minor}},
		},
		{
			name: "two codes that became one", old: empty + full, new: "      BLANK: {go: Empty, category: bad, meaning: Nothing there, fix: Fill it, status: 400, aliases: [EMPTY, FULL]}\n",
			want: []diff.Change{
				{API: "shop", Code: "BLANK", Kind: "renamed", Field: "code", Old: "EMPTY", New: "BLANK", Level: diff.Minor},
				{API: "shop", Code: "BLANK", Kind: "added", Field: "alias", New: "FULL", Level: diff.Minor},
				{API: "shop", Code: "FULL", Kind: "removed", Field: "code", Old: "retry", Level: diff.Major},
			},
		},
		{
			name: "code that became an alias of another", old: empty + full, new: "      FULL: {category: busy, meaning: No room, fix: Wait, retry: slow, aliases: [FULLY, EMPTY]}\n",
			want: []diff.Change{
				{API: "shop", Code: "EMPTY", Kind: "removed", Field: "code", Old: "fail", Level: diff.Major},
				{API: "shop", Code: "FULL", Kind: "added", Field: "alias", New: "EMPTY", Level: diff.Minor},
			},
		},
		{
			name: "operation", old: look, new: "",
			want: []diff.Change{
				{API: "shop", Code: "look", Kind: "removed", Field: "operation", Level: diff.Major},
				{API: "shop", Code: "EMPTY", Kind: "changed", Field: "operations", Old: "buy, look", New: "buy", Level: diff.Patch},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "operations", Old: "buy, look", New: "buy", Level: diff.Patch},
				{API: "shop", Code: "4xx", Kind: "changed", Field: "operations", Old: "buy, look", New: "buy", Level: diff.Patch},
				{API: "shop", Code: "unknown", Kind: "changed", Field: "operations", Old: "buy, look", New: "buy", Level: diff.Patch},
			},
		},
		{
			name: "how far an answer is read", old: look, new: "      look: {title: Look, method: GET, path: /look, repeatable: true, look: 1MiB, patience: 4s}\n",
			want: []diff.Change{
				{API: "shop", Code: "look", Kind: "changed", Field: "operation.patience", Old: "default", New: "4 s", Level: diff.Minor},
				{API: "shop", Code: "look", Kind: "changed", Field: "operation.look", Old: "default", New: "1 MiB", Level: diff.Minor},
			},
		},
		{
			name: "status class", old: "      4xx: {category: bad, meaning: Refused, fix: Fix it}\n", new: "      5xx: {category: bad, meaning: Refused, fix: Fix it}\n",
			want: []diff.Change{
				{API: "shop", Code: "4xx", Kind: "removed", Field: "status_class", Old: "fail", Level: diff.Major},
				{API: "shop", Code: "5xx", Kind: "added", Field: "status_class", New: "fail", Level: diff.Minor},
			},
		},
		{
			name: "action", old: "{category: busy, meaning: No room, fix: Wait, retry: slow,", new: "{category: account, meaning: No room, fix: Wait,",
			want: []diff.Change{
				{API: "shop", Code: "FULL", Kind: "changed", Field: "action", Old: "retry", New: "fix_account", Level: diff.Major},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "category", Old: "busy", New: "account", Level: diff.Minor},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "retry", Old: slow, New: "none", Level: diff.Minor},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "policy", Old: "slow", New: "", Level: diff.Patch},
			},
		},
		{
			name: "policy of an entry", old: "retry: slow", new: "retry: quick",
			want: []diff.Change{
				{API: "shop", Code: "FULL", Kind: "changed", Field: "retry", Old: slow, New: quick, Level: diff.Minor},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "policy", Old: "slow", New: "quick", Level: diff.Patch},
			},
		},
		{
			name: "policy", old: "slow: {base: 5s, retries: 3}", new: "slow: {base: 5s, retries: 4}",
			want: []diff.Change{{API: "shop", Code: "FULL", Kind: "changed", Field: "retry", Old: slow, New: "growth: constant, base: 5s, retries: 4", Level: diff.Minor}},
		},
		{
			name: "override", old: "fix: Wait, retry: slow,", new: "fix: Wait, retry: slow, by_operation: {buy: {category: bad, action: fail}},",
			want: []diff.Change{
				{API: "shop", Code: "FULL", Kind: "changed", Field: "by_operation.buy.action", Old: "retry", New: "fail", Level: diff.Major},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "by_operation.buy.category", Old: "busy", New: "bad", Level: diff.Minor},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "by_operation.buy.retry", Old: slow, New: "none", Level: diff.Minor},
			},
		},
		{
			name: "alias", old: ", aliases: [FULLY]", new: ", aliases: [FULLER]",
			want: []diff.Change{
				{API: "shop", Code: "FULL", Kind: "removed", Field: "alias", Old: "FULLY", Level: diff.Major},
				{API: "shop", Code: "FULL", Kind: "added", Field: "alias", New: "FULLER", Level: diff.Minor},
			},
		},
		{
			name: "go name", old: "fix: Fill it,", new: "fix: Fill it, go: Nothing,",
			want: []diff.Change{{API: "shop", Code: "EMPTY", Kind: "changed", Field: "go", Old: "Empty", New: "Nothing", Level: diff.Major}},
		},
		{
			name: "wording", old: "meaning: Nothing there, fix: Fill it,", new: "meaning: It is empty, fix: Put something in,",
			want: []diff.Change{
				{API: "shop", Code: "EMPTY", Kind: "changed", Field: "meaning", Old: "Nothing there", New: "It is empty", Level: diff.Patch},
				{API: "shop", Code: "EMPTY", Kind: "changed", Field: "fix", Old: "Fill it", New: "Put something in", Level: diff.Patch},
			},
		},
		{
			name: "retired", old: "fix: Fill it,", new: "fix: Fill it, retired: {since: v2, replaced_by: FULL},",
			want: []diff.Change{{API: "shop", Code: "EMPTY", Kind: "changed", Field: "retired", New: "retired since v2, replaced by FULL", Level: diff.Minor}},
		},
		{
			name: "retired, and why", old: "fix: Fill it,", new: "fix: Fill it, retired: {since: v2, note: Never sent},",
			want: []diff.Change{{API: "shop", Code: "EMPTY", Kind: "changed", Field: "retired", New: "retired since v2: Never sent", Level: diff.Minor}},
		},
		{
			name: "example", old: "fix: Fill it,", new: "fix: Fill it, examples: [{operation: buy, status: 400, headers: {X-Id: a}, body: '{\"code\":\"EMPTY\"}'}],",
			want: []diff.Change{{API: "shop", Code: "EMPTY", Kind: "changed", Field: "examples", New: `buy 400, X-Id: a, {"code":"EMPTY"}`, Level: diff.Patch}},
		},
		{
			name: "title and address", old: "title: Test\n", new: "title: Tests\nsite: https://errors.example.com/\n",
			want: []diff.Change{
				{Kind: "changed", Field: "title", Old: "Test", New: "Tests", Level: diff.Patch},
				{Kind: "changed", Field: "site", New: "https://errors.example.com/", Level: diff.Patch},
			},
		},
		{
			name: "several codes", old: empty + full, new: "      NEW: {category: bad, meaning: New, fix: Read}\n",
			want: []diff.Change{
				{API: "shop", Code: "EMPTY", Kind: "removed", Field: "code", Old: "fail", Level: diff.Major},
				{API: "shop", Code: "FULL", Kind: "removed", Field: "code", Old: "retry", Level: diff.Major},
				{API: "shop", Code: "NEW", Kind: "added", Field: "code", New: "fail", Level: diff.Minor},
			},
		},
		{
			name: "an API renamed, before another that changes", old: base[strings.Index(base, "  shop:\n"):], new: strings.NewReplacer("  shop:\n", "  store:\n", "title: Other", "title: Another").Replace(base[strings.Index(base, "  shop:\n"):]),
			want: []diff.Change{
				{API: "shop", Kind: "removed", Field: "api", Old: "Shop", Level: diff.Major},
				{API: "other", Kind: "changed", Field: "title", Old: "Other", New: "Another", Level: diff.Patch},
				{API: "store", Kind: "added", Field: "api", New: "Shop", Level: diff.Minor},
			},
		},
		{
			name: "sign of success", old: "json: {code: [/code],", new: "json: {ok: {at: /ok, equals: true}, code: [/code],",
			want: []diff.Change{{
				API: "shop", Kind: "changed", Field: "reply", Level: diff.Major,
				Old: "json body: code at /code, message at /error",
				New: "json body: code at /code, message at /error, success if /ok is true",
			}},
		},
		{
			name: "reply form changed, and one appended", old: "json: {code: [/code], message: [/error]}\n", new: "json: {code: [/id], message: [/error]}\n      - header: {code: [X-Code]}\n",
			want: []diff.Change{{
				API: "shop", Kind: "changed", Field: "reply", Level: diff.Major,
				Old: "json body: code at /code, message at /error",
				New: "json body: code at /id, message at /error; header: code in the header X-Code",
			}},
		},
		{
			name: "variants", old: "fix: Fill it,", new: "fix: Fill it, variants: [{when: {status: 410}, fix: Go}, {when: {status: 411}, fix: Measure}],",
			back: []diff.Change{
				{API: "shop", Code: "EMPTY", Kind: "removed", Field: "variant", Old: "if the status is 410: fail", Level: diff.Minor},
				{API: "shop", Code: "EMPTY", Kind: "removed", Field: "variant", Old: "if the status is 411: fail", Level: diff.Minor},
			},
		},
		{
			name: "what the server says", old: "    unknown:", new: "    overrides: [{when: {header: X-Stop}, action: fail}, {when: {header: X-Help}, fix: Ask}]\n    unknown:",
			back: []diff.Change{
				{API: "shop", Kind: "removed", Field: "override", Old: "if the header X-Stop is there: fail", Level: diff.Major},
				{API: "shop", Kind: "removed", Field: "override", Old: "if the header X-Help is there", Level: diff.Minor},
			},
		},
		{
			name: "reply form appended", old: "message: [/error]}\n", new: "message: [/error]}\n      - header: {code: [X-Code]}\n",
			want: []diff.Change{{
				API: "shop", Kind: "changed", Field: "reply", Level: diff.Minor,
				Old: "json body: code at /code, message at /error",
				New: "json body: code at /code, message at /error; header: code in the header X-Code",
			}},
			back: []diff.Change{{
				API: "shop", Kind: "changed", Field: "reply", Level: diff.Major,
				Old: "json body: code at /code, message at /error; header: code in the header X-Code",
				New: "json body: code at /code, message at /error",
			}},
		},
		{
			name: "case", old: "    title: Shop\n", new: "    title: Shop\n    match: {case: insensitive}\n",
			want: []diff.Change{{API: "shop", Kind: "changed", Field: "match", Old: "case: sensitive", New: "case: insensitive", Level: diff.Minor}},
			back: []diff.Change{{API: "shop", Kind: "changed", Field: "match", Old: "case: insensitive", New: "case: sensitive", Level: diff.Major}},
		},
		{
			name: "operation's timeout", old: "timeout: 5s", new: "timeout: 9s",
			want: []diff.Change{{API: "shop", Code: "buy", Kind: "changed", Field: "operation.timeout", Old: "5 s", New: "9 s", Level: diff.Minor}},
		},
		{
			name: "category", old: "  account: {title: Account, action: fix_account, who: account-owner}\n", new: "",
			want: []diff.Change{{Code: "account", Kind: "removed", Field: "category", Old: "fix_account", Level: diff.Major}},
			back: []diff.Change{{Code: "account", Kind: "added", Field: "category", New: "fix_account", Level: diff.Minor}},
		},
		{
			name: "category's words", old: "summary: Fix it.", new: "summary: Mend it.",
			want: []diff.Change{{Code: "bad", Kind: "changed", Field: "category.summary", Old: "Fix it.", New: "Mend it.", Level: diff.Patch}},
		},
		{
			name: "order", old: empty + full, new: full + empty,
			want: []diff.Change{},
			back: []diff.Change{},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if !strings.Contains(base, test.old) {
				t.Fatalf("the base has no %q", test.old)
			}
			a, b := load(t, base), load(t, strings.Replace(base, test.old, test.new, 1))
			if test.want != nil {
				wantReport(t, diff.Catalogs(a, b), test.want)
			}
			if test.back != nil {
				wantReport(t, diff.Catalogs(b, a), test.back)
			}
		})
	}
}

func wantReport(t *testing.T, got diff.Report, changes []diff.Change) {
	t.Helper()
	want := diff.Report{Changes: changes}
	for _, c := range changes {
		want.Level = max(want.Level, c.Level)
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreFields(diff.Change{}, "Entry")); d != "" {
		t.Errorf("report (-want +got):\n%s", d)
	}
}

func TestSame(t *testing.T) {
	report := diff.Catalogs(load(t, base), load(t, base))
	text, err := json.Marshal(report)
	if want := `{"changes":[],"level":"none"}`; err != nil || string(text) != want {
		t.Errorf("report = %s, %v, want %s", text, err, want)
	}
}

// TestLevels writes an unknown level as its number.
func TestLevels(t *testing.T) {
	for level, want := range map[diff.Level]string{diff.None: "none", diff.Major: "major", diff.Major + 1: "Level(4)", diff.Major + 2: "Level(5)"} {
		if got := level.String(); got != want {
			t.Errorf("level %d is %q, want %q", uint8(level), got, want)
		}
	}
}
