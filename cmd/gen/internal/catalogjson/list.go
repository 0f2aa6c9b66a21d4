package catalogjson

import (
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// List is a whole resolved catalog.
type List struct {
	Generated  string     `json:"generated,omitempty"` // the mark of generated files; only in a file
	Format     int        `json:"format"`
	Title      string     `json:"title"`
	Language   string     `json:"language"` // the tag of the language of its texts (BCP 47)
	Site       string     `json:"site"`     // where the site is published; empty where the catalog does not say
	Categories []Category `json:"categories"`
	Policies   []Policy   `json:"policies"`
	APIs       []API      `json:"apis"`
}

// Category is one of the author's own groups of entries.
type Category struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Action  string `json:"action"`
	Who     string `json:"who"`
	Go      string `json:"go"`
	Address string `json:"address"` // where its page is in the site, without .html
}

// Policy is a named waiting rule. A duration of 0 stands for none.
type Policy struct {
	Name             string     `json:"name"`
	Growth           string     `json:"growth"`
	BaseMS           int64      `json:"base_ms"`
	Factor           float64    `json:"factor"`
	Jitter           string     `json:"jitter"` // as in the format: a duration, a percentage or full; empty for none
	MaxMS            int64      `json:"max_ms"`
	FirstMS          int64      `json:"first_ms"`
	Retries          int        `json:"retries"` // -1 for unlimited
	WithinMS         int64      `json:"within_ms"`
	ServerDelayMaxMS int64      `json:"server_delay_max_ms"`
	ScheduleMS       [][2]int64 `json:"schedule_ms"`
}

// API is one API of the catalog.
type API = apiOf[Entry]

// apiOf is an API whose entries are in some form. Statuses are followed by the status
// classes, codes by the prefixes.
type apiOf[E any] struct {
	Name         string      `json:"name"`
	Title        string      `json:"title"`
	Operations   []Operation `json:"operations"`
	Statuses     []E         `json:"statuses"`
	Codes        []E         `json:"codes"`
	Transport    []E         `json:"transport"`
	Unknown      *E          `json:"unknown"`      // null for none
	Unrecognised *E          `json:"unrecognised"` // null for none

	Summary  string   `json:"summary"`
	Source   Link     `json:"source"`
	Verified string   `json:"verified"`
	Links    []Link   `json:"links"`
	FoldCase bool     `json:"fold_case"` // codes match in any case
	Reply    []Form   `json:"reply"`     // how a reply is read
	Delay    []string `json:"delay"`     // where the server may name a wait

	RequestID []string `json:"request_id,omitempty"` // where a reply names the request
	Field     []string `json:"field,omitempty"`      // where it names the part of the request that is at fault
	Secret    []string `json:"secret,omitempty"`     // where it holds what is cut from all that is printed

	Overrides []ServerOverride `json:"overrides,omitempty"` // what the server itself says to do; the first that holds counts

	Checklist       []string   `json:"checklist"`
	Troubleshooting []Trouble  `json:"troubleshooting"`
	FAQ             []Question `json:"faq"`
	Address         string     `json:"address"` // where its page is in the site, without .html
}

// Operation is a call of the API.
type Operation struct {
	Name       string `json:"name"`
	Title      string `json:"title"`
	Method     string `json:"method"`
	Path       string `json:"path"`
	Repeatable bool   `json:"repeatable"`
	TimeoutMS  int64  `json:"timeout_ms"`  // of one attempt; 0 for none
	PatienceMS int64  `json:"patience_ms"` // with a reply's body; 0 for the default of a second
	Look       int64  `json:"look"`        // how many bytes of a body are looked at; 0 for the default of 64 KiB
	Go         string `json:"go"`
}

// ServerOverride is what the server itself says to do about a reply without success,
// whatever its code and status. What is empty stays as the entry says.
type ServerOverride struct {
	When       string     `json:"when"` // in words, to follow the word if
	Category   string     `json:"category"`
	Action     string     `json:"action"`
	Fix        string     `json:"fix"`
	Policy     string     `json:"policy"`
	Retries    *int       `json:"retries"` // null where they stay as the entry says
	ScheduleMS [][2]int64 `json:"schedule_ms"`
	Delay      []string   `json:"delay,omitzero"`
}

// Form is one way in which the API answers, in words.
type Form struct {
	Syntax  string `json:"syntax"`            // json, xml, text or header
	Wrapped string `json:"wrapped,omitempty"` // how the document is wrapped in the body; empty where it is the body
	Success string `json:"success"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Link is a titled address.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Trouble is a row of the troubleshooting table.
type Trouble struct {
	Issue string `json:"issue"`
	Cause string `json:"cause"`
	Fix   string `json:"fix"`
}

// Question is a frequent question with its answer in markdown.
type Question struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// format is the version of the spec's format.
const format = 1

// NewList returns the form of a catalog, with all of its APIs or, if any are
// named, with those.
func NewList(c *model.Catalog, apis ...string) List {
	l := List{
		Format:     format,
		Title:      c.Title,
		Language:   c.Language,
		Site:       c.Site,
		Categories: list(c.Categories, newCategory),
		Policies:   list(c.Policies, newPolicy),
		APIs:       []API{},
	}
	for _, api := range c.APIs {
		if len(apis) == 0 || slices.Contains(apis, api.Name) {
			l.APIs = append(l.APIs, newAPI(api, NewEntry))
		}
	}
	return l
}

// File returns the docs' catalog.json, whose first member is the mark of
// generated files. The spec is a base name.
func File(c *model.Catalog, spec string) []byte {
	l := NewList(c)
	l.Generated = model.Mark(spec)
	return Encode(l)
}

func newCategory(c *model.Category) Category {
	return Category{Name: c.Name, Title: c.Title, Summary: c.Summary, Action: c.Action.String(), Who: c.Who, Go: c.Go, Address: c.Address()}
}

func newPolicy(p *classify.Policy) Policy {
	return Policy{
		Name:             p.Name,
		Growth:           p.Growth.String(),
		BaseMS:           milliseconds(p.Base),
		Factor:           p.Factor,
		Jitter:           model.JitterText(p.Jitter),
		MaxMS:            milliseconds(p.Max),
		FirstMS:          milliseconds(p.First),
		Retries:          p.Retries,
		WithinMS:         milliseconds(p.Within),
		ServerDelayMaxMS: milliseconds(p.DelayLimit()),
		ScheduleMS:       schedule(p),
	}
}

func newAPI[E any](a *model.API, newEntry func(*model.Entry) E) apiOf[E] {
	return apiOf[E]{
		Name:            a.Name,
		Title:           a.Title,
		Operations:      list(a.Operations, newOperation),
		Statuses:        list(slices.Concat(a.Statuses, a.Classes), newEntry),
		Codes:           list(slices.Concat(a.Codes, a.Prefixes), newEntry),
		Transport:       list(a.Transport, newEntry),
		Unknown:         optional(a.Unknown, newEntry),
		Unrecognised:    optional(a.Unrecognised, newEntry),
		Summary:         a.Summary,
		Source:          Link(a.Source),
		Verified:        a.Verified,
		Links:           list(a.Links, func(l model.Link) Link { return Link(l) }),
		FoldCase:        a.FoldCase,
		Reply:           list(a.Forms, newForm),
		Delay:           delays(a.Delays),
		RequestID:       say.English.PlaceTexts(a.RequestID),
		Field:           say.English.PlaceTexts(a.Field),
		Secret:          say.English.PlaceTexts(a.Secret),
		Overrides:       serverOverrides(a),
		Checklist:       texts(a.Checklist),
		Troubleshooting: list(a.Troubleshooting, func(t model.Trouble) Trouble { return Trouble(t) }),
		FAQ:             list(a.FAQ, func(q model.Question) Question { return Question(q) }),
		Address:         a.Address(),
	}
}

func newOperation(o *model.Operation) Operation {
	return Operation{
		Name:       o.Name,
		Title:      o.Title,
		Method:     o.Method,
		Path:       o.Path,
		Repeatable: o.Repeatable,
		TimeoutMS:  milliseconds(o.Timeout),
		PatienceMS: milliseconds(o.Patience),
		Look:       o.Look,
		Go:         o.Go,
	}
}

// serverOverrides is nil for an API that has none.
func serverOverrides(a *model.API) []ServerOverride {
	var forms []ServerOverride
	for _, o := range a.Overrides {
		forms = append(forms, newServerOverride(a, o))
	}
	return forms
}

func newServerOverride(a *model.API, o model.ServerOverride) ServerOverride {
	form := ServerOverride{
		When:       say.English.When(a, o.When).String(),
		Fix:        o.Fix,
		Policy:     policyName(o.Policy),
		ScheduleMS: schedule(o.Policy),
		Delay:      ownDelays(o.Delays),
	}
	if o.Category != nil {
		form.Category = o.Category.Name
	}
	if o.Sets {
		form.Action = o.Action.String()
	}
	if o.Policy != nil || o.Sets && !o.Action.Waits() {
		n := retries(o.Policy)
		form.Retries = &n
	}
	return form
}

func newForm(f classify.Form) Form {
	wrapped := ""
	if f.In != classify.InBody {
		wrapped = say.English.FormTitle(&f).String()
	}
	return Form{
		Wrapped: wrapped,
		Syntax:  f.Syntax.String(),
		Success: say.English.FormSuccess(&f).String(),
		Code:    say.English.FormCode(&f).String(),
		Message: say.English.FormPlaces(&f, f.Message).String(),
	}
}

func optional[E any](e *model.Entry, newEntry func(*model.Entry) E) *E {
	if e == nil {
		return nil
	}
	entry := newEntry(e)
	return &entry
}
