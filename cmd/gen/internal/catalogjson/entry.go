package catalogjson

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// Entry is what the catalog says about one key of an API.
type Entry struct {
	API        string     `json:"api"`
	Kind       string     `json:"kind"`       // code, prefix, status, status_class, transport, unknown or unrecognised
	Code       string     `json:"code"`       // the key: a code, "08*", "429", "5xx", "timeout"
	Go         string     `json:"go"`         // its constant in the generated package
	Status     []int      `json:"status"`     // exact statuses
	Operations []string   `json:"operations"` // where it can occur
	Category   string     `json:"category"`
	Action     string     `json:"action"`
	Args       []Arg      `json:"args,omitempty"` // what message, meaning, fix and reply have a mark for
	Message    string     `json:"message"`
	Meaning    string     `json:"meaning"`
	Fix        string     `json:"fix"`
	Policy     string     `json:"policy"`      // the policy's name; empty for none and for one of the entry's own
	Retries    int        `json:"retries"`     // -1 for unlimited, 0 for none
	ScheduleMS [][2]int64 `json:"schedule_ms"` // the shortest and longest wait before retry 1, 2, …

	Slug        string      `json:"slug"`       // the name of its page in the docs
	Address     string      `json:"address"`    // where its page is in the site, without .html
	URL         string      `json:"url"`        // that page in the published site; empty where the catalog names no site
	Who         string      `json:"who"`        // who has to act
	RetryRule   string      `json:"retry_rule"` // how often and after which waits, in words
	ByOperation []Override  `json:"by_operation"`
	Variants    []Variant   `json:"variants,omitempty"` // what differs in some replies; the first that holds counts
	Delay       []string    `json:"delay,omitzero"`     // where the server may name a wait, in words; not there where that is as for the API
	Details     string      `json:"details"`            // markdown
	Answer      string      `json:"reply"`              // what support tells the customer
	AnswerOwn   string      `json:"reply_own"`          // the same, where the customer's program is not the client
	Escalate    string      `json:"escalate"`           // when support escalates it
	Frequency   string      `json:"frequency"`
	Severity    string      `json:"severity"`
	Impact      string      `json:"impact"`
	Processed   bool        `json:"processed"` // the request may have taken effect
	LookAlikes  []LookAlike `json:"lookalikes"`
	Examples    []Example   `json:"examples"`
	Aliases     []string    `json:"aliases"`
	Since       string      `json:"since"`
	Retired     *Retired    `json:"retired"` // null for an entry in use
}

// Arg is a value that the texts have in each reply.
type Arg struct {
	Name    string `json:"name"`
	Mark    string `json:"mark"`    // what stands for it in the texts, such as ‹limit›
	Type    string `json:"type"`    // bytes, int, string, duration or time
	Example string `json:"example"` // as a message has it
}

// Override is what differs in one operation, with what does not.
type Override struct {
	Operation  string     `json:"operation"`
	Category   string     `json:"category"`
	Action     string     `json:"action"`
	Fix        string     `json:"fix"`
	Policy     string     `json:"policy"`
	Retries    int        `json:"retries"`
	ScheduleMS [][2]int64 `json:"schedule_ms"`
}

// Variant is what differs in the replies that it is for, with what does not.
type Variant struct {
	When       string     `json:"when"` // in words, to follow the word if
	Category   string     `json:"category"`
	Action     string     `json:"action"`
	Meaning    string     `json:"meaning"`
	Fix        string     `json:"fix"`
	Policy     string     `json:"policy"`
	Retries    int        `json:"retries"`
	ScheduleMS [][2]int64 `json:"schedule_ms"`
	Who        string     `json:"who"`
	RetryRule  string     `json:"retry_rule"`
	Processed  bool       `json:"processed"`
	Delay      []string   `json:"delay,omitzero"` // not there where that is as for the entry
	Details    string     `json:"details"`
	Answer     string     `json:"reply"`
	AnswerOwn  string     `json:"reply_own"`
	Escalate   string     `json:"escalate"`
	Examples   []Example  `json:"examples"`
}

// LookAlike is a code that is easily taken for another.
type LookAlike struct {
	Code       string `json:"code"`
	Difference string `json:"difference"`
}

// Example is a raw reply.
type Example struct {
	Operation string   `json:"operation"` // empty if the catalog does not say
	Status    int      `json:"status"`    // 0 where the catalog does not say
	Headers   []Header `json:"headers"`
	Body      string   `json:"body"`
}

// Header is a field of an example's header.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Retired says that the API no longer sends a code.
type Retired struct {
	Since      string `json:"since"`
	ReplacedBy string `json:"replaced_by"` // the code that is sent instead
	Note       string `json:"note"`
}

// NewEntry returns the form of an entry.
func NewEntry(e *model.Entry) Entry { return NewEntryOf(e, "", "") }

// NewEntryOf returns the form of an entry that a reply leads to, whose request id and
// field stand in what support tells the customer.
func NewEntryOf(e *model.Entry, requestID, field string) Entry {
	answer := func(text string) string { return say.English.FillIn(text, requestID, field) }
	return Entry{
		API:         e.API.Name,
		Kind:        e.Kind.String(),
		Code:        e.Code,
		Go:          e.Go,
		Status:      append([]int{}, e.Statuses...),
		Operations:  texts(e.Operations),
		Category:    e.Category.Name,
		Action:      e.Action.String(),
		Args:        args(e.Args),
		Message:     e.Message,
		Meaning:     e.Meaning,
		Fix:         e.Fix,
		Policy:      policyName(e.Policy),
		Retries:     retries(e.Policy),
		ScheduleMS:  schedule(e.Policy),
		Slug:        e.Page(),
		Address:     e.Address(),
		URL:         e.URL(),
		Who:         e.Category.Who,
		RetryRule:   say.English.RetryRule(e.Policy, e.Action),
		ByOperation: list(e.Overrides, newOverride),
		Variants:    variants(e, answer),
		Delay:       ownDelays(e.Delays),
		Details:     e.Details,
		Answer:      answer(e.Answer),
		AnswerOwn:   answer(e.AnswerOwn),
		Escalate:    e.Escalate,
		Frequency:   e.Frequency,
		Severity:    e.Severity,
		Impact:      e.Impact,
		Processed:   e.Effect == classify.EffectMaybe,
		LookAlikes:  list(e.LookAlikes, func(l model.LookAlike) LookAlike { return LookAlike{l.Entry.Code, l.Difference} }),
		Examples:    list(e.Examples, newExample),
		Aliases:     texts(e.Aliases),
		Since:       e.Since,
		Retired:     newRetired(e.Retired),
	}
}

// args is nil for an entry that has none.
func args(all []model.Arg) []Arg {
	var forms []Arg
	for _, one := range all {
		forms = append(forms, Arg{one.Name, one.Mark(), one.Type, one.Example})
	}
	return forms
}

func newOverride(o model.Override) Override {
	return Override{
		Operation:  o.Operation,
		Category:   o.Category.Name,
		Action:     o.Action.String(),
		Fix:        o.Fix,
		Policy:     policyName(o.Policy),
		Retries:    retries(o.Policy),
		ScheduleMS: schedule(o.Policy),
	}
}

// variants is nil for an entry that has none.
func variants(e *model.Entry, answer func(string) string) []Variant {
	var forms []Variant
	for _, v := range e.Variants {
		forms = append(forms, newVariant(e, v, answer))
	}
	return forms
}

func newVariant(e *model.Entry, v model.Variant, answer func(string) string) Variant {
	return Variant{
		When:       say.English.When(e.API, v.When).String(),
		Category:   v.Category.Name,
		Action:     v.Action.String(),
		Meaning:    v.Meaning,
		Fix:        v.Fix,
		Policy:     policyName(v.Policy),
		Retries:    retries(v.Policy),
		ScheduleMS: schedule(v.Policy),
		Who:        v.Category.Who,
		RetryRule:  say.English.RetryRule(v.Policy, v.Action),
		Processed:  v.Effect == classify.EffectMaybe,
		Delay:      ownDelays(v.Delays),
		Details:    v.Details,
		Answer:     answer(v.Answer),
		AnswerOwn:  answer(v.AnswerOwn),
		Escalate:   v.Escalate,
		Examples:   list(v.Examples, newExample),
	}
}

// ownDelays says where a wait is that is not where the API's others are, in words. It
// is nil for one that is.
func ownDelays(places []classify.Delay) []string {
	if places == nil {
		return nil
	}
	return delays(places)
}

// delays says where a wait is, in words.
func delays(places []classify.Delay) []string {
	return list(places, func(d classify.Delay) string { return say.English.DelayPlace(d).String() })
}

func newExample(x model.Example) Example {
	return Example{
		Operation: x.Operation,
		Status:    x.Status,
		Headers:   list(x.Headers, func(h model.Header) Header { return Header(h) }),
		Body:      x.Body,
	}
}

func newRetired(r *model.Retired) *Retired {
	if r == nil {
		return nil
	}
	retired := &Retired{Since: r.Since, Note: r.Note}
	if r.ReplacedBy != nil {
		retired.ReplacedBy = r.ReplacedBy.Code
	}
	return retired
}

func policyName(p *classify.Policy) string {
	if p == nil {
		return ""
	}
	return p.Name
}

// retries is -1 for no limit.
func retries(p *classify.Policy) int {
	if p == nil {
		return 0
	}
	return p.Retries
}

func schedule(p *classify.Policy) [][2]int64 {
	return list(model.Schedule(p), func(w model.Window) [2]int64 {
		return [2]int64{milliseconds(w.Min), milliseconds(w.Max)}
	})
}
