package diff_test

import (
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/diff"
)

// fields has a value for each field that no other test of this package changes.
const fields = `format: 1
title: Test
categories:
  bad: {title: Bad, action: fail, who: developer, summary: Fix it.}
  busy: {title: Busy, action: retry, who: client}
policies:
  slow: {base: 5s, retries: 3}
apis:
  shop:
    title: Shop
    summary: A shop
    source: {title: Guide, url: https://x.de/g, verified: 2026-01-01}
    links: [{title: More, url: https://x.de/m}]
    checklist: [one, two]
    troubleshooting: [{issue: Slow, cause: Load, fix: Wait}]
    faq: [{question: Why, answer: So}]
    operations:
      buy: {title: Buy, method: POST, path: /buy}
    reply:
      - json: {code: [/code], message: [/error]}
    codes:
      A:
        category: bad
        message: Wire
        args: {n: {type: int, example: 1}}
        meaning: Mean
        fix: Mend
        details: Detail
        reply: Hello
        reply_own: Hello own
        escalate: When
        frequency: rare
        severity: low
        impact: None
        since: "1"
        status: 400
        lookalikes: [{code: B, difference: Other}]
        by_operation: {buy: {fix: Mend there}}
        variants: [{when: {present: /x}, meaning: VMean, fix: VMend, details: VDetail, reply: VHello, reply_own: VHello own, escalate: VWhen}]
      B: {category: bad, meaning: Bee, fix: Mend}
`

// TestArgs changes what the function of a code takes, which programs of a server notice.
func TestArgs(t *testing.T) {
	older := load(t, strings.Replace(fields, "message: Wire", `message: "Wire {{n}}"`, 1))
	for _, test := range []struct {
		old, new string
		want     diff.Level
	}{
		{"type: int", "type: string", diff.Major},
		{"{n: {type: int, example: 1}}", "{n: {type: int, example: 1}, m: {type: int, example: 1}}", diff.Minor},
		{"example: 1}", "example: 2}", diff.Patch},
		{"args: {n: {type: int, example: 1}}", "", diff.Major},
	} {
		text := strings.Replace(fields, "message: Wire", `message: "Wire {{n}}"`, 1)
		if text = strings.Replace(text, test.old, test.new, 1); !strings.Contains(text, "args") {
			text = strings.Replace(text, " {{n}}", "", 1)
		}
		level := diff.Level(0)
		for _, c := range diff.Catalogs(older, load(t, text)).Changes {
			level = max(level, c.Level)
		}
		if level != test.want {
			t.Errorf("%s for %s: %s, want %s", test.new, test.old, level, test.want)
		}
	}
}

// TestFields changes one field after the other.
func TestFields(t *testing.T) {
	older := load(t, fields)
	for _, test := range []struct{ old, new, want string }{
		{"summary: Fix it.", "summary: Do it.", "bad: changed category.summary: Fix it. -> Do it. (patch)"},
		{"action: fail", "action: fix_account", "bad: changed category.action: fail -> fix_account (patch) / shop A: changed action: fail -> fix_account (major) / shop A: changed by_operation.buy.action: fail -> fix_account (major) / shop A: changed variant if /x is there.action: fail -> fix_account (major) / shop B: changed action: fail -> fix_account (major)"},
		{"who: developer", "who: support", "bad: changed category.who: developer -> support (patch)"},
		{"title: Bad", "title: Worse", "bad: changed category.title: Bad -> Worse (patch)"},
		{"summary: A shop", "summary: The shop", "shop: changed summary: A shop -> The shop (patch)"},
		{"title: Guide", "title: Manual", "shop: changed source: Guide https://x.de/g -> Manual https://x.de/g (patch)"},
		{"https://x.de/g", "https://x.de/h", "shop: changed source: Guide https://x.de/g -> Guide https://x.de/h (patch)"},
		{"2026-01-01", "2026-02-02", "shop: changed verified: 2026-01-01 -> 2026-02-02 (patch)"},
		{"title: More", "title: Less", "shop: changed links: More https://x.de/m -> Less https://x.de/m (patch)"},
		{"https://x.de/m", "https://x.de/n", "shop: changed links: More https://x.de/m -> More https://x.de/n (patch)"},
		{"[one, two]", "[one, three]", "shop: changed checklist: one; two -> one; three (patch)"},
		{"issue: Slow", "issue: Late", "shop: changed troubleshooting: Slow: Load: Wait -> Late: Load: Wait (patch)"},
		{"cause: Load", "cause: Crowd", "shop: changed troubleshooting: Slow: Load: Wait -> Slow: Crowd: Wait (patch)"},
		{"fix: Wait}", "fix: Go}", "shop: changed troubleshooting: Slow: Load: Wait -> Slow: Load: Go (patch)"},
		{"question: Why", "question: How", "shop: changed faq: Why So -> How So (patch)"},
		{"answer: So", "answer: Thus", "shop: changed faq: Why So -> Why Thus (patch)"},
		{"title: Buy", "title: Order", "shop buy: changed operation.title: Buy -> Order (patch)"},
		{"method: POST", "method: PUT", "shop buy: changed operation.method: POST -> PUT (minor) / shop buy: changed operation.repeatable: false -> true (minor)"},
		{"path: /buy", "path: /order", "shop buy: changed operation.path: /buy -> /order (minor)"},
		{"path: /buy", "path: /buy, repeatable: true", "shop buy: changed operation.repeatable: false -> true (minor)"},
		{"path: /buy", "path: /buy, look: 1KiB", "shop buy: changed operation.look: default -> 1 KiB (minor)"},
		{"path: /buy", "path: /buy, patience: 1s", "shop buy: changed operation.patience: default -> 1 s (minor)"},
		{"type: int", "type: string", "shop A: changed args: n: int -> n: string (minor)"},
		{"example: 1}", "example: 2}", "shop A: changed args.example: 1 -> 2 (patch)"},
		{"message: Wire", "message: Phone", "shop A: changed message: Wire -> Phone (patch)"},
		{"fix: Mend\n", "fix: Repair\n", "shop A: changed fix: Mend -> Repair (patch)"},
		{"details: Detail", "details: More", "shop A: changed details: Detail -> More (patch)"},
		{"reply: Hello", "reply: Bye", "shop A: changed reply: Hello -> Bye (patch)"},
		{"reply_own: Hello own", "reply_own: Bye own", "shop A: changed reply_own: Hello own -> Bye own (patch)"},
		{"escalate: When", "escalate: Then", "shop A: changed escalate: When -> Then (patch)"},
		{"frequency: rare", "frequency: occasional", "shop A: changed frequency: rare -> occasional (patch)"},
		{"severity: low", "severity: high", "shop A: changed severity: low -> high (patch)"},
		{"impact: None", "impact: Much", "shop A: changed impact: None -> Much (patch)"},
		{"since: \"1\"", "since: \"2\"", "shop A: changed since: 1 -> 2 (patch)"},
		{"status: 400", "status: [400, 422]", "shop A: changed status: 400 -> 400; 422 (minor)"},
		{"status: 400", "status: 400\n        processed: maybe", "shop A: changed processed: no -> maybe (minor) / shop A: changed variant if /x is there.processed: no -> maybe (minor)"},
		{"difference: Other", "difference: Another", "shop A: changed lookalikes: B: Other -> B: Another (patch)"},
		{"lookalikes: [{code: B, difference: Other}]\n", "\n", "shop A: changed lookalikes: B: Other -> nothing (patch)"},
		{"Mend there", "Repair there", "shop A: changed by_operation.buy.fix: Mend there -> Repair there (patch)"},
		{"meaning: VMean", "meaning: WMean", "shop A: changed variant if /x is there.meaning: VMean -> WMean (patch)"},
		{"fix: VMend", "fix: WMend", "shop A: changed variant if /x is there.fix: VMend -> WMend (patch)"},
		{"details: VDetail", "details: WDetail", "shop A: changed variant if /x is there.details: VDetail -> WDetail (patch)"},
		{"reply: VHello", "reply: WHello", "shop A: changed variant if /x is there.reply: VHello -> WHello (patch)"},
		{"reply_own: VHello own", "reply_own: WHello own", "shop A: changed variant if /x is there.reply_own: VHello own -> WHello own (patch)"},
		{"escalate: VWhen", "escalate: WWhen", "shop A: changed variant if /x is there.escalate: VWhen -> WWhen (patch)"},
		{"escalate: VWhen", "escalate: VWhen, examples: [{status: 400, body: '{\"code\": \"A\", \"x\": 1}'}]", `shop A: changed variant if /x is there.examples: nothing ->  400, {"code": "A", "x": 1} (patch)`},
	} {
		report := diff.Catalogs(older, load(t, strings.Replace(fields, test.old, test.new, 1)))
		var lines []string
		for _, c := range report.Changes {
			lines = append(lines, c.String()+" ("+c.Level.String()+")")
		}
		if got := strings.Join(lines, " / "); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.new, got, test.want)
		}
	}
}
