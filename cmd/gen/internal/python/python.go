// Package python writes a catalog as Python: one module per API, with its codes,
// statuses and other names as enumerations, and what the catalog says about each
// as a table. What it writes needs Python 3.11 and its standard library.
package python

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// Files returns the modules by their names, such as "captchaai.py". The spec is
// named in their first line.
func Files(c *model.Catalog, spec string) map[string][]byte {
	files := make(map[string][]byte)
	for _, api := range c.APIs {
		m := &module{catalog: c, api: api}
		m.linef("# %s", uncoded(model.Mark(spec)))
		m.line("")
		m.doc("", slices.Collect(slices.Chunk(say.CommentAPI(api), 1))...)
		m.head()
		m.constants()
		m.tables()
		m.functions()
		files[api.Python+".py"] = []byte(m.text.String())
	}
	return files
}

// uncoded returns the text of a first line in which Python finds no declaration of
// an encoding, such as "coding: latin-1".
func uncoded(text string) string {
	return strings.NewReplacer("coding:", `coding\:`, "coding=", `coding\=`).Replace(text)
}

// module is a module in the making.
type module struct {
	catalog *model.Catalog
	api     *model.API
	text    strings.Builder
}

func (m *module) line(text string) { m.text.WriteString(text + "\n") }

func (m *module) linef(format string, args ...any) { m.line(fmt.Sprintf(format, args...)) }

// head writes the imports, and the names that the module is for.
func (m *module) head() {
	public := []string{"Action"}
	if len(m.catalog.Categories) > 0 {
		public = append(public, "Category")
	}
	if len(m.api.Operations) > 0 {
		public = append(public, "Operation")
	}
	constants := m.api.Constants()
	enums := []string{}
	for _, c := range constants {
		public = append(public, c.Type)
		if c.Type == "Status" {
			enums = append(enums, "IntEnum")
		}
	}
	if len(constants) > 0 {
		public = append(public, "Advice")
		if len(m.api.Operations) > 0 {
			public = append(public, "Override")
		}
		public = append(public, "Entry")
		m.text.WriteString("\nfrom collections.abc import Mapping\nfrom dataclasses import dataclass\n")
	} else {
		m.line("")
	}
	m.linef("from enum import %s", strings.Join(append(enums, "StrEnum"), ", "))
	if len(constants) > 0 {
		m.text.WriteString("from types import MappingProxyType\nfrom typing import Final\n")
	}
	for _, c := range constants {
		public = append(public, strings.ToUpper(c.Plural))
	}
	if len(m.api.Codes) > 0 {
		public = append(public, "parse_code")
	}
	m.line("\n__all__ = [")
	for _, name := range public {
		m.linef("    %q,", name)
	}
	m.line("]")
}

// member is a member of an enumeration: its name, its value as it stands in the
// code, and what its docstring says.
type member struct {
	name, value string
	comment     [][]string // paragraphs, in which each text starts a line
}

// constants writes the enumerations that the API has.
func (m *module) constants() {
	m.enum("Action", actions())
	if len(m.catalog.Categories) > 0 {
		m.enum("Category", categories(m.catalog))
	}
	if len(m.api.Operations) > 0 {
		m.enum("Operation", operations(m.api))
	}
	for _, c := range m.api.Constants() {
		members := make([]member, len(c.Entries))
		for i, e := range c.Entries {
			members[i] = entryMember(e)
		}
		m.enum(c.Type, members)
	}
}

// enum writes an enumeration, with a docstring below each member:
//
//	class Operation(StrEnum):
//	    """An operation of CaptchaAI."""
//
//	    SUBMIT = "submit"
//	    """Submit a task (POST /in.php)."""
func (m *module) enum(name string, members []member) {
	base := "StrEnum"
	if name == "Status" {
		base = "IntEnum"
	}
	m.linef("\n\nclass %s(%s):", name, base)
	m.doc("    ", []string{say.CommentType(m.api, name)})
	for _, each := range members {
		m.linef("\n    %s = %s", each.name, each.value)
		m.doc("    ", each.comment...)
	}
}

func actions() []member {
	var members []member
	for _, a := range classify.Actions() {
		members = append(members, member{name: actionName(a), value: quote(a.String()), comment: [][]string{{say.English.ActionAdvice(a)}}})
	}
	return members
}

// actionName is the constant of an action, such as WAIT_POLL.
func actionName(a classify.Action) string { return strings.ToUpper(a.String()) }

func categories(c *model.Catalog) []member {
	var members []member
	for _, category := range c.Categories {
		members = append(members, member{name: category.Python, value: quote(category.Name), comment: [][]string{say.CommentCategory(category)}})
	}
	return members
}

func operations(a *model.API) []member {
	var members []member
	for _, o := range a.Operations {
		members = append(members, member{name: o.Python, value: quote(o.Name), comment: [][]string{{say.CommentOperation(o)}}})
	}
	return members
}

func entryMember(e *model.Entry) member {
	made := member{name: e.Python, value: quote(e.Code), comment: [][]string{{e.Meaning}, say.CommentEntry(e)}}
	if e.Kind == classify.KindStatus {
		made.value = e.Code
	}
	if e.Retired != nil {
		retired := say.CommentRetired(e.Retired)
		retired[0] = "Deprecated: " + retired[0]
		made.comment = append(made.comment, retired)
	}
	return made
}
