package python

import (
	"slices"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// functions writes what finds the code that a text stands for.
func (m *module) functions() {
	if len(m.api.Codes) == 0 {
		return
	}
	how, key := "", func(text string) string { return text }
	switch {
	case m.api.FoldCase:
		how, key = ", in any case and in any of its spellings", func(text string) string { return "_fold(" + text + ")" }
	case slices.ContainsFunc(m.api.Codes, func(e *model.Entry) bool { return len(e.Aliases) > 0 }):
		how = ", in any of its spellings"
	}
	m.linef("\n\ndef parse_code(text: str) -> Code | None:\n    \"\"\"Return the code that a text stands for%s, or None.\"\"\"", how)
	m.linef("    return _SPELLINGS.get(%s)", key("text"))
	if m.api.FoldCase {
		m.text.WriteString(fold)
	}
	m.line("\n\n_SPELLINGS: Final[Mapping[str, Code]] = {")
	m.linef("    **{%s: code for code in Code},", key("code.value"))
	for _, e := range m.api.Codes {
		for _, alias := range e.Aliases {
			m.linef("    %s: Code.%s,", key(quote(alias)), e.Python)
		}
	}
	m.line("}")
}

// fold is Unicode's simple case folding, by which the dotted capital I and the
// dotless small one have no other case.
const fold = `

def _fold(text: str) -> str:
    return "".join(map(_fold_character, text))


def _fold_character(character: str) -> str:
    if character in "\u0130\u0131":
        return character
    upper = character.upper()
    return (upper if len(upper) == 1 else character).lower()
`
