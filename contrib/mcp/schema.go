package errkbmcp

import "github.com/google/jsonschema-go/jsonschema"

// The types here describe the command's JSON, for the schemas of what tools return. They
// name what the command has promised; it prints more, and may print more still.

type whole struct {
	API        string     `json:"api"`
	Kind       string     `json:"kind" jsonschema:"code, prefix, status, status_class, transport, unknown or unrecognised"`
	Code       string     `json:"code" jsonschema:"the key: a code, 08*, 429, 5xx, timeout"`
	Go         string     `json:"go" jsonschema:"its constant in the generated Go package"`
	Status     []int      `json:"status" jsonschema:"the exact statuses that it comes with"`
	Operations []string   `json:"operations" jsonschema:"where it can occur"`
	Category   string     `json:"category"`
	Action     string     `json:"action" jsonschema:"fail: fix the request; retry: wait and send it again; resubmit: start a new task; wait_poll: ask again later; fix_account: a person must act on the account; ok: use the result"`
	Message    string     `json:"message" jsonschema:"the API's own text"`
	Meaning    string     `json:"meaning"`
	Fix        string     `json:"fix" jsonschema:"what to do"`
	Policy     string     `json:"policy" jsonschema:"the name of its waiting rule"`
	Retries    int        `json:"retries" jsonschema:"how often at most; -1 for unlimited"`
	ScheduleMS [][2]int64 `json:"schedule_ms" jsonschema:"the shortest and the longest wait before retry 1, 2, and so on"`
}

type decision struct {
	API           string    `json:"api"`
	Operation     string    `json:"operation"`
	Status        int       `json:"status" jsonschema:"0 where it is not known"`
	Source        string    `json:"source" jsonschema:"what decided: success, code, prefix, status, status_class, unknown, unrecognised or transport"`
	Code          string    `json:"code" jsonschema:"as on the wire"`
	Known         bool      `json:"known" jsonschema:"the catalog lists it"`
	Category      string    `json:"category"`
	Action        string    `json:"action"`
	Meaning       string    `json:"meaning"`
	Fix           string    `json:"fix" jsonschema:"what to do"`
	Retries       int       `json:"retries" jsonschema:"-1 for unlimited"`
	WaitMS        *[2]int64 `json:"wait_ms" jsonschema:"the shortest and the longest wait before the first retry; null for no retry"`
	WaitSource    string    `json:"wait_source" jsonschema:"policy, server or none"`
	ServerDelayMS *int64    `json:"server_delay_ms" jsonschema:"the wait that the server asked for; null for none"`
	Why           []string  `json:"why"`
	Also          string    `json:"also" jsonschema:"a finer code in the reply that the catalog does not list"`
	Variant       int       `json:"variant"`
	Override      int       `json:"override"`
	RequestID     string    `json:"request_id"`
	Field         string    `json:"field" jsonschema:"the part of the request that is at fault"`
	URL           string    `json:"url"`
	Undecided     bool      `json:"undecided" jsonschema:"the body is cut, and its start says neither success nor failure"`
	Entry         *whole    `json:"entry" jsonschema:"what decided; null for nothing"`
}

type explanation struct {
	Matches []match `json:"matches" jsonschema:"the best first"`
}

type match struct {
	Confidence string    `json:"confidence" jsonschema:"exact, likely or guess"`
	Entry      whole     `json:"entry"`
	Why        string    `json:"why"`
	Decision   *decision `json:"decision" jsonschema:"what is decided on the reply in the text; null where it holds none"`
}

type listing struct {
	Format     int        `json:"format"`
	Title      string     `json:"title"`
	Categories []category `json:"categories"`
	Policies   []policy   `json:"policies"`
	APIs       []listed   `json:"apis"`
	Page       page       `json:"page"`
}

type category struct {
	Name   string `json:"name"`
	Title  string `json:"title"`
	Action string `json:"action"`
	Who    string `json:"who" jsonschema:"who has to act"`
}

type policy struct {
	Name    string `json:"name"`
	Retries int    `json:"retries" jsonschema:"-1 for unlimited"`
}

// listed is an API in a list. Statuses are followed by their classes, codes by prefixes.
type listed struct {
	Name         string      `json:"name"`
	Title        string      `json:"title"`
	Operations   []operation `json:"operations"`
	Statuses     []head      `json:"statuses"`
	Codes        []head      `json:"codes"`
	Transport    []head      `json:"transport"`
	Unknown      *head       `json:"unknown" jsonschema:"what holds for codes that are not listed"`
	Unrecognised *head       `json:"unrecognised" jsonschema:"what holds for replies of no known form"`
}

type operation struct {
	Name string `json:"name"`
}

type report struct {
	Lines        int64         `json:"lines"`
	Replies      int64         `json:"replies"`
	Unread       int64         `json:"unread" jsonschema:"lines that can't be read"`
	ByEntry      []entryCount  `json:"by_entry" jsonschema:"what decided, the most frequent first"`
	Unknown      []unknownCode `json:"unknown" jsonschema:"codes that the catalog does not list"`
	Wasted       wasted        `json:"wasted"`
	ShareUnknown float64       `json:"share_unknown" jsonschema:"of the replies, from 0 to 1"`
}

type entryCount struct {
	API   string `json:"api"`
	Kind  string `json:"kind"`
	Code  string `json:"code"`
	Count int64  `json:"count"`
	First string `json:"first"`
	Last  string `json:"last"`
}

type unknownCode struct {
	API    string `json:"api"`
	Code   string `json:"code"`
	Count  int64  `json:"count"`
	Sample string `json:"sample" jsonschema:"the start of a body"`
	Stub   string `json:"stub" jsonschema:"an entry for the spec, in YAML"`
}

type wasted struct {
	AfterStop int64    `json:"retries_after_stop" jsonschema:"requests sent again after an error that no retry can help"`
	Examples  []sample `json:"examples"`
}

type sample struct {
	Kind string `json:"kind"`
}

// schemaOf returns the schema of what a tool returns, which may hold more than it names.
func schemaOf[Out any]() *jsonschema.Schema {
	s, err := jsonschema.For[Out](nil)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	open(s)
	return s
}

// open lets objects have members that the schema does not name.
func open(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if s.Properties != nil {
		s.AdditionalProperties = nil
	}
	open(s.Items)
	for _, p := range s.Properties {
		open(p)
	}
}
