package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
)

// draft is what sources say about an API, in the terms of a spec.
type draft struct {
	api     string // the name
	sources []string
	title   string
	summary string
	url     string   // of the guide
	notes   []string // comments at the top of the API

	categories []*category // the source's own; the usual ones come with them
	operations []*operation
	forms      []*form
	delays     []note // what is in the braces of each
	requestIDs []note
	fields     []note // where a reply names what is at fault
	overrides  []note
	statuses   []*entry
	codes      []*entry
	policy     *policy // instead of the usual one
	hasDefault bool    // the source has a default reply
	leftOut    []string

	operationNames map[string]bool // those that are taken, as names in code
}

// note is a value or a line of YAML with the comment behind it.
type note struct{ text, comment string }

// category is a group of entries.
type category struct{ name, title, action, who, summary, comment string }

// operation is a call of the API.
type operation struct {
	name, title, method, path string
	isRepeatable              bool   // whatever the method
	comment                   string // evidence
}

// form is how replies are read.
type form struct {
	syntax  string // json, xml, text or header
	ok      []note // tests in braces
	code    []note // places, each with its evidence
	message []note
	none    []string // texts that stand for no code
	trim    string   // in braces
}

// entry is a status or a code.
type entry struct {
	key        string
	isStatus   bool
	aliases    []string
	statuses   []int
	message    string
	meaning    string
	fix        string
	category   guess
	retry      note // what is written there; "" for the usual policy
	details    string
	operations []string
	frequency  string
	severity   string
	impact     string
	examples   []*example
	notes      []string // evidence, above it
	goName     string
	seenIn     int    // how many captured replies
	rpc        string // the name that may be one of gRPC, where the code is a number
	renamed    bool
}

// example is a raw reply.
type example struct {
	operation string
	status    int
	headers   []note // in text, the name and behind a colon the value
	body      string
}

// policy is a waiting rule in braces.
type policy struct{ text, comment string }

// leave notes what is not taken over.
func (d *draft) leave(format string, args ...any) {
	d.leftOut = append(d.leftOut, fmt.Sprintf(format, args...))
}

// code returns the entry of a code, which is made at need.
func (d *draft) code(key string) (e *entry, isNew bool) {
	if i := slices.IndexFunc(d.codes, func(e *entry) bool { return e.key == key }); i >= 0 {
		return d.codes[i], false
	}
	e = &entry{key: key}
	d.codes = append(d.codes, e)
	return e, true
}

// status returns the entry of a status or a class, which is made at need.
func (d *draft) status(key string) (e *entry, isNew bool) {
	if i := slices.IndexFunc(d.statuses, func(e *entry) bool { return e.key == key }); i >= 0 {
		return d.statuses[i], false
	}
	e = &entry{key: key, isStatus: true}
	d.statuses = append(d.statuses, e)
	return e, true
}

// sortStatuses puts statuses in the order of their numbers, and each class behind its own.
func (d *draft) sortStatuses() {
	slices.SortStableFunc(d.statuses, func(a, b *entry) int {
		return cmp.Compare(strings.ToLower(a.key), strings.ToLower(b.key))
	})
}

// apiName makes the name of a package from a title, or else from the name of a file.
func apiName(title, file string) string {
	for _, text := range []string{title, file} {
		var kept []string
		for _, word := range strings.Fields(strings.ToLower(naming.Title(text))) {
			word = strings.Map(func(r rune) rune {
				if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
					return r
				}
				return -1
			}, word)
			if !slices.Contains(fillers, word) {
				kept = append(kept, word)
			}
		}
		name := strings.TrimLeft(strings.Join(kept[:min(len(kept), 3)], ""), "0123456789")
		if name == "" {
			continue
		}
		name = name[:min(len(name), 40)]
		if rule, _, _ := check.APINameFault(name); rule != "" {
			name += "api"
		}
		return name
	}
	return "api"
}

// fillers are words of titles that say nothing about which API it is.
var fillers = []string{"", "api", "apis", "rest", "the", "a", "of", "for", "v1", "v2", "v3", "v4", "openapi", "swagger", "specification", "spec", "definition", "errors", "error", "codes", "documentation"}

// complete adds what every spec has, and gives all entries a category.
func (d *draft) complete() {
	if len(d.codes) > 0 && !d.readsCodes() {
		d.forms = append(d.forms, &form{
			syntax:  "json",
			code:    []note{{"/code", toDo("the source does not say where a reply has its code")}, {"/error/code", ""}},
			message: []note{{"/message", ""}, {"/error/message", ""}},
		})
	}
	if len(d.delays) == 0 {
		d.delays = []note{{"{header: Retry-After}", "not in the source; HTTP has it (RFC 9110 section 10.2.3)"}}
	}
	d.fallbacks()
	d.rpc()
	for _, e := range slices.Concat(d.statuses, d.codes) {
		if e.category.name == "" {
			e.category = e.guessCategory()
		}
	}
}

// used returns the categories that something has, the source's own first.
func (d *draft) used() []*category {
	names := []string{"transient", "unlisted"} // of what has no reply, and of what is not known
	for _, e := range slices.Concat(d.statuses, d.codes) {
		names = append(names, e.category.name)
	}
	var all []*category
	for _, c := range d.all() {
		if slices.Contains(names, c.name) {
			all = append(all, c)
		}
	}
	return all
}

// all returns the categories that entries may have.
func (d *draft) all() []*category {
	all := slices.Clone(d.categories)
	for i := range usual {
		c := &usual[i]
		if !slices.ContainsFunc(all, func(own *category) bool { return own.name == c.name }) {
			all = append(all, c)
		}
	}
	return all
}

// action returns the action of a category.
func (d *draft) action(name string) string {
	for _, c := range d.all() {
		if c.name == name {
			return c.action
		}
	}
	return ""
}

// waits reports whether an action has a waiting rule.
func waits(action string) bool {
	return action == "retry" || action == "resubmit" || action == "wait_poll"
}

// usualPolicy returns how entries wait whose source says nothing of that.
func (d *draft) usualPolicy() *policy {
	if d.policy != nil {
		return d.policy
	}
	return &policy{"{growth: exponential, base: 1s, factor: 2, jitter: 1s, max: 30s, retries: 4}", toDo("these are usual figures")}
}

// rename gives an entry a Go name where the automatic one is not its own.
func (d *draft) rename(e *entry) bool {
	for n := 2; ; n++ {
		name := fmt.Sprintf("%s%d", naming.Exported(e.key, "Code"), n)
		if !slices.ContainsFunc(d.codes, func(other *entry) bool { return other.goName == name || naming.Exported(other.key, "Code") == name }) {
			e.goName, e.renamed = name, true
			return true
		}
	}
}
