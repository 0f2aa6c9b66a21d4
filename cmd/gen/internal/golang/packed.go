package golang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
)

// packedDecls are the listed codes as data without pointers, and what finds them, or nothing
// for an API without codes. Each part is a variable, because a struct of slices copied
// from another variable would take work at start.
func (p *pkg) packedDecls() []*declaration {
	t := p.table.Table
	if t == nil {
		return nil
	}
	return append([]*declaration{
		p.tableVar(),
		textConst("texts", "texts are what each code means, what to do about it, and its page.", t.Texts),
		numbersVar("rows", "rows are, for each code, where its texts start, its rule, and where its statuses are.", t.Rows, len(t.Rows)/len(p.api.Codes)),
		numbersVar("lists", "lists are the statuses that codes come with, each list behind its length.", t.Statuses, 16),
	}, p.nameDecls()...)
}

// nameDecls are the names of the codes, and what finds one.
func (p *pkg) nameDecls() []*declaration {
	t := p.table.Table
	return []*declaration{
		textConst("names", "names are the codes as on the wire, and after them their other spellings.", t.Names.Text),
		numbersVar("nameAt", "nameAt is where each of the names starts, and where the last one ends.", t.Names.Starts, 16),
		numbersVar("aliases", "aliases are the numbers of the codes that the other spellings stand for.", t.Aliases, 16),
		numbersVar("displacements", "displacements and slots are a perfect hash of the names.", p.table.Index.Displacements, 16),
		numbersVar("slots", "slots hold each name's position from 1, and bits of its length and hash.", p.table.Index.Slots, 8),
		cellsConst(p.table.Index.Cells),
	}
}

// tableVar is the table of the codes:
//
//	var table = classify.Table{
//		Names: packed.Texts{Text: names, Starts: nameAt},
//		Texts: texts,
//	}
func (p *pkg) tableVar() *declaration {
	t := p.table.Table
	var f fields
	f.add("Names", packedTexts("names", "nameAt"))
	f.add("Texts", jen.Id("texts"))
	f.add("Rows", jen.Id("rows"))
	f.add("Rules", jen.Id("rules"))
	f.add("Statuses", jen.Id("lists"))
	if len(t.Aliases) > 0 {
		f.add("Aliases", jen.Id("aliases"))
	}
	if t.Site != "" {
		f.add("Site", jen.Id("site"))
	}
	return commented("table is the listed codes. There are no pointers in it but in the rules, so that many codes cost a program neither time at its start nor work of its garbage collector.").
		above(jen.Var().Id("table").Op("=").Add(runtime("Table"), lines(f...)))
}

// packedTexts are texts and where they start, both by name.
func packedTexts(text, starts string) *jen.Statement {
	var f fields
	f.add("Text", jen.Id(text))
	f.add("Starts", jen.Id(starts))
	return layout("Texts").Add(f.row())
}

// textConst is a text of many lines:
//
//	const names = `ERROR_ZERO_BALANCE
//	ERROR_NO_SLOT_AVAILABLE
//	`
//
// One that holds what such a literal can't is quoted, a line each.
func textConst(name, comment, text string) *declaration {
	source := quoted(text)
	if isRaw(text) {
		source = "`" + text + "`"
	}
	return commented(comment).above(jen.Const().Id(name).Op("=").Op(source))
}

// cellsConst is the names in the order of the slots, or nothing where there are none.
func cellsConst(cells string) *declaration {
	if cells == "" {
		return nil
	}
	return textConst("cells", "cells are the names in the order of their slots, filled up to one length; long ones are missing.", cells)
}

// isRaw reports whether a text can stand between back quotes, and is readable there.
func isRaw(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if !strconv.CanBackquote(line) {
			return false
		}
	}
	return true
}

// quoted is a text as a sum of its lines. Many are in groups, as the time that gofmt takes for
// a sum grows with the square of its length.
//
//	"" +
//		"ERROR_ZERO_BALANCE\n" +
//		"ERROR_NO_SLOT_AVAILABLE\n"
func quoted(text string) string {
	var source strings.Builder
	source.WriteString(`""`)
	lines := strings.SplitAfter(text, "\n")
	for group := range slices.Chunk(lines, textGroup) {
		opens, closes := "", ""
		if len(lines) > textGroup {
			opens, closes = "(", ")"
		}
		for i, line := range group {
			source.WriteString(" +\n")
			if i == 0 {
				source.WriteString(opens)
			}
			source.WriteString(strconv.Quote(line))
		}
		source.WriteString(closes)
	}
	return source.String()
}

// textGroup is how many lines of a text are in a group.
const textGroup = 100

// numbersVar is a slice of numbers, some to a line, or nil for none. They are written as text
// at once: a large table has tens of thousands.
func numbersVar[N uint16 | uint32 | uint64](name, comment string, values []N, perLine int) *declaration {
	if len(values) == 0 {
		return nil
	}
	kind := jen.Op(fmt.Sprintf("%T", values[0]))
	var rows []jen.Code
	for chunk := range slices.Chunk(values, perLine) {
		rows = append(rows, jen.Op(strings.ReplaceAll(strings.Trim(fmt.Sprint(chunk), "[]"), " ", ", ")))
	}
	return commented(comment).above(jen.Var().Id(name).Op("=").Index().Add(kind, lines(rows...)))
}
