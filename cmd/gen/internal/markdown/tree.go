package markdown

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// tree prints the decision tree twice: as a drawing, and as a table for where
// there is no drawing.
func (p *page) tree() {
	branches := p.l.Tree(p.api)
	p.para(escape(p.l.TreeOrder()))
	p.fence("mermaid", p.flowchart(branches))
	var rows [][]markup
	for i, b := range branches {
		question, category := p.said(b.Question), markup("")
		if len(b.Question) == 0 {
			question = p.words("Anything else")
		}
		if b.Category != nil {
			category = p.categoryLink(p.api, b.Category)
		}
		rows = append(rows, []markup{
			markup(strconv.Itoa(i + 1)),
			question,
			escape(p.l.ActionTitle(b.Action)),
			escape(p.ruleText(b)),
			category,
			p.branchLinks(b),
		})
	}
	p.table([]say.Message{"Step", "Question", "If yes", "Retry", "Category", "Pages"}, rows)
}

func (p *page) ruleText(b say.Branch) string {
	if b.Rule == "" {
		return p.l.Say("depends, see the pages|how often")
	}
	return b.Rule
}

// branchLinks links the pages that a branch leads to, or the table of them.
func (p *page) branchLinks(b say.Branch) markup {
	if len(b.Entries) > say.LinkedEntries {
		label := escape(p.l.Say("%d pages", len(b.Entries)))
		if heading, ok := p.docs.apis[p.api].categories[b.Category]; ok {
			return p.partLink(p.api, label, heading)
		}
		return p.partLink(p.api, label, p.docs.apis[p.api].headings.fixed["Statuses"])
	}
	return p.keyLinks(b.Entries)
}

// flowchart prints the branches as a Mermaid flowchart:
//
//	flowchart TD
//	  start(["A call has ended"]) --> q1
//	  q1{"Is the status 429?"} -->|yes| a1["Wait and retry: up to 3 retries, 5 s apart"]
//	  q1 -->|no| q2
func (p *page) flowchart(branches []say.Branch) string {
	var chart strings.Builder
	chart.WriteString("flowchart TD\n")
	yes, no := label(p.l.Say("yes")), label(p.l.Say("no"))
	fmt.Fprintf(&chart, "  start([\"%s\"]) --> %s\n", label(p.l.Say("A call has ended")), nodeOf(branches, 0))
	for i, b := range branches {
		action := p.l.ActionTitle(b.Action)
		if b.Rule != "" && b.Action.Waits() {
			action = p.l.Say("%s: %s|what to do, and how often", action, b.Rule)
		}
		if b.Varies {
			action = p.l.Say("%s. Some answers differ: see the pages|what to do, in a drawing", action)
		}
		if len(b.Question) == 0 {
			fmt.Fprintf(&chart, "  a%d[\"%s\"]\n", i+1, label(p.l.Say("Anything else: %s|and the action", action)))
			continue
		}
		fmt.Fprintf(&chart, "  q%d{\"%s\"} -->|%s| a%d[\"%s\"]\n", i+1, label(b.Question.String()), yes, i+1, label(action))
		if i+1 < len(branches) {
			fmt.Fprintf(&chart, "  q%d -->|%s| %s\n", i+1, no, nodeOf(branches, i+1))
		}
	}
	return strings.TrimSuffix(chart.String(), "\n")
}

// nodeOf names the node where a branch starts.
func nodeOf(branches []say.Branch, i int) string {
	if len(branches[i].Question) == 0 {
		return "a" + strconv.Itoa(i+1)
	}
	return "q" + strconv.Itoa(i+1)
}

// maxLabel is the length in characters over which a label is cut.
const maxLabel = 160

// label writes text into a quoted Mermaid label. What Mermaid or a markdown
// reader could take for a separate sign is one of Mermaid's #NN; references.
func label(text string) string {
	runes := []rune(line(text))
	if len(runes) > maxLabel {
		runes = append(runes[:maxLabel-1], '…')
	}
	var out strings.Builder
	for _, r := range runes {
		if isWord(r) || model.Unspaced(r) || strings.ContainsRune(" _.,:/?-…'()+=", r) {
			out.WriteRune(r)
			continue
		}
		fmt.Fprintf(&out, "#%d;", r)
	}
	return out.String()
}
