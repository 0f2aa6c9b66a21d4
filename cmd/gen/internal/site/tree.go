package site

import (
	"fmt"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// treeDrawing is a drawing of a decision tree: a line that goes down through the
// questions, as long as the answer is no, and from each question a leaf for yes. It is
// as wide as a phone shows, for the text of a drawing can't wrap where the page is
// narrow; elsewhere it stands beside its list. Places are in CSS pixels at the usual
// size of text, with which the whole drawing grows.
type treeDrawing struct {
	Width, Height int
	Lines         string // the path of the line and of the ways to the leaves
	Nodes         string // the path of the signs at which questions stand
	Branches      []drawnBranch
	Questions     int // how many there are, those not drawn as well
	ID            string
}

// drawnBranch is a question and its leaf. Either may be missing.
type drawnBranch struct {
	Question []drawnLine
	Action   classify.Action
	Plain    bool // the leaf has no action
	Leaf     []drawnLine
	Title    int // how many of the leaf's lines are its action
	Top      int // where the leaf is
	High     int
	Yes, No  int // where the answers stand; 0 for nowhere
}

// drawnLine is a line of text of a drawing, and where it stands.
type drawnLine struct {
	Y    int
	Text string
}

// mostBranches is how many branches of a tree are drawn: with more, a drawing shows
// nothing that its list doesn't.
const mostBranches = 16

// The measures of a drawn tree.
const (
	treeWidth   = 288
	treeSpine   = 10 // where the line is, from the left
	treeLine    = 18 // from a line of text to the next
	treeGap     = 16 // between a leaf and the next question
	treePad     = 9  // between the edge of a leaf and its text
	treeElbow   = 18 // from the top of a leaf to the way to it
	leafStart   = 48
	besideLeaf  = 39 // how wide an answer may be that stands beside a leaf
	askedWidth  = treeWidth - 28
	leafWidth   = treeWidth - leafStart - 2*treePad
	smallWidth  = leafWidth * 14 / 12 // of the smaller text below the action
	mostAsked   = 4                   // lines of a question
	foldedNames = 3                   // keys that a leaf names before it counts
)

// sketch is a drawing on its way down.
type sketch struct {
	drawing      treeDrawing
	y            int // where the next line of text stands
	lines, nodes strings.Builder
	turns        string
}

// newSketch begins a drawing with what stands at its top.
func newSketch(id, start string) *sketch {
	s := &sketch{drawing: treeDrawing{Width: treeWidth, ID: id}, y: treeLine - 4}
	fmt.Fprintf(&s.lines, "M%d %dV", treeSpine, s.y)
	s.add(drawnBranch{Question: s.ask(start)})
	return s
}

// ask puts a text beside a sign on the line.
func (s *sketch) ask(lines ...string) []drawnLine {
	fmt.Fprintf(&s.nodes, "M%d %dl6 6-6 6-6-6z", treeSpine, s.y-11)
	return placed(&s.y, lines)
}

// leaf puts a leaf beside the line, with a title and smaller text below it.
func (s *sketch) leaf(b *drawnBranch, title, small []string) {
	s.y -= treeLine / 2
	b.Top = s.y
	fmt.Fprintf(&s.lines, "%d", s.y+treeElbow)
	s.turns += fmt.Sprintf("M%d %dH%dm-5-4 5 4-5 4", treeSpine, s.y+treeElbow, leafStart)
	s.y += treePad + treeLine - 5
	b.Title = len(title)
	b.Leaf = append(placed(&s.y, title), placed(&s.y, small)...)
	s.y += treePad - treeLine + 5
	b.High = s.y - b.Top
}

// goOn draws the line on below a leaf, to another one.
func (s *sketch) goOn() { s.lines.WriteString("V") }

// add adds a branch, and leaves room below it.
func (s *sketch) add(b drawnBranch) {
	s.drawing.Branches = append(s.drawing.Branches, b)
	if len(b.Leaf) > 0 {
		s.y += treeLine
	}
	s.y += treeGap
}

func (s *sketch) done() treeDrawing {
	s.drawing.Height = s.y - treeLine - treeGap + 2
	s.drawing.Lines, s.drawing.Nodes = s.lines.String()+s.turns, s.nodes.String()
	return s.drawing
}

// TreeDrawing returns the drawing of the API's decision tree.
func (v apiView) TreeDrawing() treeDrawing {
	branches := v.page.l.Tree(v.API)
	s := newSketch("tree-"+v.Name, v.page.l.Say("A call has ended"))
	for i, b := range branches {
		if len(b.Question) > 0 {
			s.drawing.Questions++
		}
		if left := len(branches) - mostBranches; left > 0 && i >= mostBranches-1 && i < len(branches)-1 {
			if i == mostBranches-1 {
				s.add(drawnBranch{Question: s.ask(v.page.l.Say("… and %d more, see the list", left)), No: s.y})
			}
			continue
		}
		drawn := drawnBranch{Action: b.Action}
		if len(b.Question) > 0 {
			drawn.Question = s.ask(wrapped(v.page.l.Brief(b).String(), askedWidth, mostAsked)...)
			drawn.Yes = s.y - treeLine/2 + treeElbow - 6
		}
		title := wrapped(v.page.l.ActionTitle(b.Action), leafWidth, 3)
		if len(b.Question) == 0 {
			title = wrapped(v.page.l.Say("Anything else: %s|and the action", v.page.l.ActionInside(b.Action)), leafWidth, 3)
		}
		s.leaf(&drawn, title, folded(v.page.l, b))
		if i < len(branches)-1 {
			s.goOn()
			drawn.No = s.y
			if widthOf(v.page.l.Say("no")) > besideLeaf {
				drawn.No += treeGap - 1
			}
		}
		s.add(drawn)
	}
	return s.done()
}

// placed puts lines under each other, and moves on to where the next one stands.
func placed(y *int, texts []string) []drawnLine {
	lines := make([]drawnLine, len(texts))
	for i, text := range texts {
		lines[i] = drawnLine{*y, text}
		*y += treeLine
	}
	return lines
}

// folded is what a leaf says below its action: how often to try, and what leads there,
// where the question only counts that.
func folded(l *say.Language, b say.Branch) []string {
	var lines []string
	if b.Action.Waits() {
		lines = wrapped(b.Rule, smallWidth, 2)
	}
	if !b.Counted() {
		return lines
	}
	return append(lines, foldedKeys(l, b.Entries)...)
}

// foldedKeys names the first of some entries, and counts the others.
func foldedKeys(l *say.Language, entries []*model.Entry) []string {
	var lines []string
	for _, e := range entries[:min(foldedNames, len(entries))] {
		lines = append(lines, cut(e.Code, smallWidth))
	}
	if more := len(entries) - foldedNames; more > 0 {
		lines = append(lines, l.Say("and %d more", more))
	}
	return lines
}
