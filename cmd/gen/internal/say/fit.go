package say

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// fitted returns a message in the language, with its verbs, for some values. Chinese and
// Japanese have no spaces but around words in other letters, and none beside a wide sign:
// a translation has a space between its words and a value, or two values, which is dropped
// where the two are such that none stands there.
func (l *Language) fitted(m Message, values []any) string {
	template := l.Template(m)
	if l.words == nil || !slices.ContainsFunc(values, unspaced) {
		return template
	}
	var out strings.Builder
	from, next := 0, 0
	last := "" // the value before
	for _, at := range verb().FindAllStringSubmatchIndex(template, -1) {
		if template[at[4]] == '%' {
			continue
		}
		if at[2] >= 0 {
			number, _ := strconv.Atoi(template[at[2]:at[3]])
			next = number - 1
		}
		value := fmt.Sprint(values[next])
		next++
		before, after := template[from:at[0]], template[at[1]:]
		if text, ok := strings.CutSuffix(before, " "); ok && (joins(text, value) || text == "" && joins(last, value)) {
			before = text
		}
		out.WriteString(before + template[at[0]:at[1]])
		from, last = at[1], value
		if text, ok := strings.CutPrefix(after, " "); ok && text != "" && text[0] != '%' && joins(value, text) {
			from++
		}
	}
	return out.String() + template[from:]
}

// unspaced reports whether a value has letters or signs of Chinese or Japanese.
func unspaced(value any) bool { return strings.ContainsFunc(fmt.Sprint(value), model.Unspaced) }

// joins reports whether no space stands between two texts.
func joins(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	isSign := func(r rune) bool { return model.Unspaced(r) && unicode.IsPunct(r) }
	return model.Unspaced(last) && model.Unspaced(first) || isSign(last) || isSign(first)
}
