// Package typescript writes a catalog as TypeScript: one module per API, with its
// codes, statuses and other names as constants, and what the catalog says about
// each as a table. What it writes imports nothing, and all of it but the types is
// JavaScript.
package typescript

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// Files returns the modules by their names, such as "captchaai.ts". The spec is
// named in their first line.
func Files(c *model.Catalog, spec string) map[string][]byte {
	files := make(map[string][]byte)
	for _, api := range c.APIs {
		m := &module{catalog: c, api: api}
		m.linef("// %s", model.Mark(spec))
		m.line("")
		m.comment("", "@module", slices.Collect(slices.Chunk(say.CommentAPI(api), 1))...)
		m.constants()
		m.tables()
		m.functions()
		files[api.Name+".ts"] = []byte(m.text.String())
	}
	return files
}

// module is a module in the making.
type module struct {
	catalog *model.Catalog
	api     *model.API
	text    strings.Builder
}

func (m *module) line(text string) { m.text.WriteString(text + "\n") }

func (m *module) linef(format string, args ...any) { m.line(fmt.Sprintf(format, args...)) }

// member is a constant: its name, its value as it stands in the code, and what its
// comment says.
type member struct {
	name, value string
	comment     [][]string // paragraphs, in which each text starts a line
	tag         string     // the JSDoc tag at the end; empty for none
}

// constants writes the constants of every type that the API has.
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

// enum writes constants as an object, and the type of its values:
//
//	export const Operation = {
//	  /** Submit a task (POST /in.php). */
//	  Submit: "submit",
//	} as const;
//	export type Operation = (typeof Operation)[keyof typeof Operation];
func (m *module) enum(name string, members []member) {
	about := []string{say.CommentType(m.api, name)}
	m.line("")
	m.comment("", "", about)
	m.linef("export const %s = {", name)
	for _, each := range members {
		m.comment("  ", each.tag, each.comment...)
		m.linef("  %s: %s,", property(each.name), each.value)
	}
	m.line("} as const;")
	m.line("")
	m.comment("", "", about)
	m.linef("export type %s = (typeof %[1]s)[keyof typeof %[1]s];", name)
}

func actions() []member {
	var members []member
	for _, a := range classify.Actions() {
		members = append(members, member{name: model.ActionConstant(a), value: quote(a.String()), comment: [][]string{{say.English.ActionAdvice(a)}}})
	}
	return members
}

func categories(c *model.Catalog) []member {
	var members []member
	for _, category := range c.Categories {
		members = append(members, member{name: category.Member, value: quote(category.Name), comment: [][]string{say.CommentCategory(category)}})
	}
	return members
}

func operations(a *model.API) []member {
	var members []member
	for _, o := range a.Operations {
		members = append(members, member{name: o.Member, value: quote(o.Name), comment: [][]string{{say.CommentOperation(o)}}})
	}
	return members
}

func entryMember(e *model.Entry) member {
	made := member{name: e.Member, value: quote(e.Code), comment: [][]string{{e.Meaning}, say.CommentEntry(e)}}
	if e.Kind == classify.KindStatus {
		made.value = e.Code
	}
	if e.Retired != nil {
		made.tag = "@deprecated"
		for _, text := range say.CommentRetired(e.Retired) {
			made.tag += " " + sentence(text)
		}
	}
	return made
}
