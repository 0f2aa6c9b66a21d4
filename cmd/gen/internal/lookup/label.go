package lookup

import (
	"slices"
	"strings"
)

// codeLabels are the words that a code stands after.
var codeLabels = []string{
	"code", "errorcode", "errcode", "error", "err", "errno", "errorno", "errornumber", "errorid",
	"sqlstate", "resultcode", "replycode", "responsecode", "apicode", "reason",
	"reasoncode", "failurecode", "faultcode", "declinecode",
}

// codeKinds are the words before "code" that leave it an error's code. Others
// make it another code: zip code, exit code, promo code.
var codeKinds = []string{
	"error", "err", "errors", "result", "response", "reply", "status", "api", "http", "failure", "reason", "app", "sql",
	"server", "client", "internal", "the", "a", "with", "got", "get", "gets", "and", "of", "see", "this", "returned", "returns",
}

// numberLabels are the words that a code stands after if one of numberKinds stands
// before them.
var (
	numberLabels = []string{"number", "no", "nr", "id"}
	numberKinds  = []string{"error", "err", "code"}
)

// labelled reports whether atom i stands after a label of codes on its line.
func (t *text) labelled(i int) bool {
	label, kind := t.label(i)
	if label == "" || t.exits(i) {
		return false
	}
	if label == "code" {
		return kind == "" || slices.Contains(codeKinds, kind)
	}
	if slices.Contains(numberLabels, label) {
		return slices.Contains(numberKinds, kind)
	}
	return isCodeLabel(label)
}

// isCodeLabel reports whether a code stands after a word, or after one that ends with what
// kind of code it is, as many members of replies do: refusalReasonCode.
func isCodeLabel(word string) bool {
	return slices.ContainsFunc(codeLabels, func(label string) bool {
		return word == label || label != "code" && strings.HasSuffix(label, "code") && strings.HasSuffix(word, label)
	})
}

// label returns the word that atom i stands after as its value, and the word
// before that if it belongs to it: both folded and empty for none.
func (t *text) label(i int) (label, kind string) {
	if i == 0 {
		return "", ""
	}
	gap := t.gap(i - 1)
	for gap != "" && isSign(gap[len(gap)-1]) {
		gap = gap[:len(gap)-1]
	}
	if gap == "" || len(gap) > maxLabelGap || !holdsOnly(gap, " :=\"'#([>") {
		return "", ""
	}
	label = t.letters(i-1, i-1)
	if t.touchesLeft(i-1, " _-.") {
		kind = t.letters(i-2, i-2)
	}
	return label, kind
}

// exits reports whether atom i stands shortly after a word about the end of a
// process, whose status and code are its own.
func (t *text) exits(i int) bool {
	for k := max(0, i-4); k < i; k++ {
		if strings.HasPrefix(t.letters(k, k), "exit") {
			return true
		}
	}
	return false
}

// maxLabelGap is how many characters may stand between a label and its value.
const maxLabelGap = 5
