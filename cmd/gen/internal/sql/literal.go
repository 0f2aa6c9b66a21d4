package sql

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errkb/errkb/classify"
)

// literal writes a text as an expression in which every character can be seen.
func literal(text string) string {
	var parts []string
	var run strings.Builder
	flush := func() {
		if run.Len() > 0 {
			parts = append(parts, "'"+strings.ReplaceAll(run.String(), "'", "''")+"'")
			run.Reset()
		}
	}
	for _, c := range text {
		if c == '[' && strings.HasSuffix(run.String(), "##") {
			flush() // together they are a command to the runners of CI
		}
		if c == ' ' || unicode.IsGraphic(c) && !unicode.IsSpace(c) {
			run.WriteRune(c)
			continue
		}
		flush()
		parts = append(parts, fmt.Sprintf("chr(%d)", c))
	}
	flush()
	switch len(parts) {
	case 0:
		return "''"
	case 1:
		return parts[0]
	}
	return "(" + strings.Join(parts, " || ") + ")"
}

// list writes what can be compared with IN.
func list[T any](values []T, write func(T) string) string {
	return "(" + elements(values, write) + ")"
}

// elements writes values with commas between them.
func elements[T any](values []T, write func(T) string) string {
	written := make([]string, len(values))
	for i, v := range values {
		written[i] = write(v)
	}
	return strings.Join(written, ", ")
}

func number[T ~int | ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

func operationText(o classify.Operation) string { return literal(string(o)) }

// anyOf joins conditions of which one has to hold.
func anyOf(conditions ...string) string { return joined(conditions, " OR ", "FALSE", "TRUE") }

// allOf joins conditions all of which have to hold.
func allOf(conditions ...string) string { return joined(conditions, " AND ", "TRUE", "FALSE") }

// joined joins conditions. The neutral one adds nothing; the deciding one decides.
func joined(conditions []string, by, neutral, deciding string) string {
	kept := slices.DeleteFunc(slices.Clone(conditions), func(c string) bool { return c == neutral })
	switch {
	case slices.Contains(kept, deciding):
		return deciding
	case len(kept) == 0:
		return neutral
	case len(kept) == 1:
		return kept[0]
	}
	return "(" + strings.Join(kept, by) + ")"
}

// not negates a condition.
func not(condition string) string {
	switch condition {
	case "TRUE":
		return "FALSE"
	case "FALSE":
		return "TRUE"
	}
	return "(NOT (" + condition + "))"
}

// branch is a case of a CASE expression.
type branch struct{ when, then string }

// cases writes a CASE expression without the branches that are never taken.
func cases(otherwise string, branches ...branch) string {
	var out strings.Builder
	for _, b := range branches {
		if b.when == "TRUE" {
			otherwise = b.then
			break
		}
		if b.when != "FALSE" {
			out.WriteString(" WHEN " + b.when + " THEN " + b.then)
		}
	}
	if out.Len() == 0 {
		return otherwise
	}
	return "CASE" + out.String() + " ELSE " + otherwise + " END"
}

// first writes the first of some expressions that is not null.
func first(of []string) string {
	of = slices.DeleteFunc(slices.Clone(of), func(e string) bool { return e == "NULL" })
	switch len(of) {
	case 0:
		return "NULL"
	case 1:
		return of[0]
	}
	return "coalesce(" + strings.Join(of, ", ") + ")"
}

// foldASCII is the case folding of errkb_fold: of ASCII, and of the two characters
// beyond it that fold to ASCII.
func foldASCII(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case 'A' <= c && c <= 'Z':
			return c + 'a' - 'A'
		case c == '\u017f':
			return 's'
		case c == '\u212a':
			return 'k'
		}
		return c
	}, text)
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(c rune) bool { return c >= 0x80 }) < 0
}
