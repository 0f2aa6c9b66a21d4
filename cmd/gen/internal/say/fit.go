package say

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// fitted returns a message in the language, with its verbs, for some values. Chinese and
// Japanese have no spaces, but around words in other letters: a translation has a space
// between its words and a value, which is dropped where the value is in the same letters.
func (l *Language) fitted(m Message, values []any) string {
	template := l.Template(m)
	if l.words == nil || !strings.ContainsFunc(template, model.Unspaced) {
		return template
	}
	var out strings.Builder
	from, next := 0, 0
	for _, at := range verb.FindAllStringSubmatchIndex(template, -1) {
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
		if text, ok := strings.CutSuffix(before, " "); ok && joins(text, value) {
			before = text
		}
		out.WriteString(before + template[at[0]:at[1]])
		from = at[1]
		if text, ok := strings.CutPrefix(after, " "); ok && joins(value, text) {
			from++
		}
	}
	return out.String() + template[from:]
}

// joins reports whether no space stands between two texts.
func joins(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return model.Unspaced(last) && model.Unspaced(first)
}
