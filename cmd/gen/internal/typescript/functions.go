package typescript

import (
	"slices"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// functions writes what tells codes from other texts.
func (m *module) functions() {
	if len(m.api.Codes) == 0 {
		return
	}
	m.text.WriteString(`
/** Whether a value is a listed code, spelled as on the wire. */
export function isCode(value: unknown): value is Code {
  return typeof value === "string" && Object.prototype.hasOwnProperty.call(codes, value);
}
`)
	aliases := slices.ContainsFunc(m.api.Codes, func(e *model.Entry) bool { return len(e.Aliases) > 0 })
	switch {
	case m.api.FoldCase:
		m.line("\n/** The code that a text stands for, in any case and in any of its spellings. */")
		m.parse("spellings.get(fold(text))")
		m.spellings()
		m.text.WriteString(fold)
	case aliases:
		m.line("\n/** The code that a text stands for, in any of its spellings. */")
		m.parse("spellings.get(text)")
		m.spellings()
	default:
		m.line("\n/** The code that a text stands for. */")
		m.parse("isCode(text) ? text : undefined")
	}
}

func (m *module) parse(found string) {
	m.line("export function parseCode(text: string): Code | undefined {")
	m.linef("  return %s;", found)
	m.line("}")
}

// spellings is the table by which parseCode finds a code.
func (m *module) spellings() {
	key := func(text string) string { return text }
	if m.api.FoldCase {
		key = func(text string) string { return "fold(" + text + ")" }
	}
	m.line("\nconst spellings: ReadonlyMap<string, Code> = new Map<string, Code>([")
	m.linef("  ...Object.values(Code).map((code): [string, Code] => [%s, code]),", key("code"))
	for _, e := range m.api.Codes {
		for _, alias := range e.Aliases {
			m.linef("  [%s, %s],", key(quote(alias)), of("Code", e.Member))
		}
	}
	m.line("]);")
}

// fold is Unicode's simple case folding, by which the dotted capital I and the
// dotless small one have no other case. It is a declaration, so that the table
// above it can use it.
const fold = `
function fold(text: string): string {
  return Array.from(text, foldCharacter).join("");
}

function foldCharacter(character: string): string {
  if (character === "\u0130" || character === "\u0131") {
    return character;
  }
  const upper = character.toUpperCase();
  return (Array.from(upper).length === 1 ? upper : character).toLowerCase();
}
`
