package format

import (
	"time"

	"github.com/errkb/errkb/classify"
)

// The objects of the format as they are read: for each key a field, whose tag is
// the key. Decode panics where the two differ.

// Spec is a whole file.
type Spec struct {
	Format     Field[int]      `key:"format"`
	Title      Field[string]   `key:"title"`
	Categories Names[Category] `key:"categories"`
	Policies   Names[Policy]   `key:"policies"`
	APIs       Names[API]      `key:"apis"`
}

// Category is one of the author's groups of entries.
type Category struct {
	Title   Field[string]          `key:"title"`
	Action  Field[classify.Action] `key:"action"`
	Who     Field[string]          `key:"who"`
	Summary Field[string]          `key:"summary"`
}

// Policy is a waiting rule.
type Policy struct {
	Growth         Field[string]          `key:"growth"`
	Base           Field[time.Duration]   `key:"base"`
	Factor         Field[float64]         `key:"factor"`
	Jitter         Field[classify.Jitter] `key:"jitter"`
	Max            Field[time.Duration]   `key:"max"`
	First          Field[time.Duration]   `key:"first"`
	Retries        Field[int]             `key:"retries"`
	Within         Field[time.Duration]   `key:"within"`
	ServerDelayMax Field[time.Duration]   `key:"server_delay_max"`
}

// API is one API of a file.
type API struct {
	Title           Field[string]    `key:"title"`
	Summary         Field[string]    `key:"summary"`
	Source          Field[Source]    `key:"source"`
	Links           List[Link]       `key:"links"`
	Operations      Names[Operation] `key:"operations"`
	Reply           List[Form]       `key:"reply"`
	Delay           List[Delay]      `key:"delay"`
	Match           Field[Match]     `key:"match"`
	Unknown         Field[Entry]     `key:"unknown"`
	Unrecognised    Field[Entry]     `key:"unrecognised"`
	Transport       Names[Entry]     `key:"transport"`
	Statuses        Names[Entry]     `key:"statuses"`
	Codes           Names[Entry]     `key:"codes"`
	Checklist       List[string]     `key:"checklist"`
	Troubleshooting List[Trouble]    `key:"troubleshooting"`
	FAQ             List[Question]   `key:"faq"`
}

// Source is the guide that the entries come from.
type Source struct {
	Title    Field[string] `key:"title"`
	URL      Field[string] `key:"url"`
	Verified Field[string] `key:"verified"`
}

// Link is a titled address.
type Link struct {
	Title Field[string] `key:"title"`
	URL   Field[string] `key:"url"`
}

// Operation is a call of an API.
type Operation struct {
	Title      Field[string]        `key:"title"`
	Method     Field[string]        `key:"method"`
	Path       Field[string]        `key:"path"`
	Repeatable Field[bool]          `key:"repeatable"`
	Timeout    Field[time.Duration] `key:"timeout"`
}

// Delay is where a server may say how long to wait.
type Delay struct {
	Header Field[string]        `key:"header"`
	JSON   Field[classify.Path] `key:"json"`
	Unit   Field[string]        `key:"unit"`
}

// Match is how codes are compared.
type Match struct {
	Case Field[string] `key:"case"`
}

// Trouble is a row of an API's troubleshooting table.
type Trouble struct {
	Issue Field[string] `key:"issue"`
	Cause Field[string] `key:"cause"`
	Fix   Field[string] `key:"fix"`
}

// Question is a frequent question with its answer.
type Question struct {
	Question Field[string] `key:"question"`
	Answer   Field[string] `key:"answer"`
}

// Form is a form of reply: one of its keys.
type Form struct {
	JSON   Field[TreeForm]   `key:"json"`
	XML    Field[TreeForm]   `key:"xml"`
	Text   Field[TextForm]   `key:"text"`
	Header Field[HeaderForm] `key:"header"`
}

// TreeForm is how a body with places is read.
type TreeForm struct {
	OK      List[Test]          `key:"ok"`
	Code    List[classify.Path] `key:"code"`
	Message List[classify.Path] `key:"message"`
	Trim    Field[Trim]         `key:"trim"`
}

// TextForm is how a plain text is read.
type TextForm struct {
	OK   List[Test]      `key:"ok"`
	Code Field[TextCode] `key:"code"`
	Trim Field[Trim]     `key:"trim"`
}

// TextCode is which plain texts are codes.
type TextCode struct {
	Prefix List[string] `key:"prefix"`
}

// HeaderForm is how a header is read.
type HeaderForm struct {
	OK   List[Test]   `key:"ok"`
	Code List[string] `key:"code"`
	Trim Field[Trim]  `key:"trim"`
}

// Trim is between which marks of a text the code stands.
type Trim struct {
	After  Field[string] `key:"after"`
	Before Field[string] `key:"before"`
}

// Test is a sign of success.
type Test struct {
	At      Field[BodyPlace]      `key:"at"`
	Header  Field[string]         `key:"header"`
	Equals  List[classify.Scalar] `key:"equals"`
	Present Field[BodyPlace]      `key:"present"`
	Absent  Field[BodyPlace]      `key:"absent"`
	Prefix  List[string]          `key:"prefix"`
	Status  List[int]             `key:"status"`
}

// Ruling is what is to be done, and how often.
type Ruling struct {
	Category Field[string]          `key:"category"`
	Action   Field[classify.Action] `key:"action"`
	Retry    Field[Ref[Policy]]     `key:"retry"`
	Fix      Field[string]          `key:"fix"`
}

// Entry is what the author says of a code, a prefix, a status, a failure or the
// rest.
type Entry struct {
	Ruling
	Status      List[int]       `key:"status"`
	Message     Field[string]   `key:"message"`
	Meaning     Field[string]   `key:"meaning"`
	Details     Field[string]   `key:"details"`
	Answer      Field[string]   `key:"reply"`
	Escalate    Field[string]   `key:"escalate"`
	Operations  List[string]    `key:"operations"`
	ByOperation Names[Ruling]   `key:"by_operation"`
	Frequency   Field[string]   `key:"frequency"`
	Severity    Field[string]   `key:"severity"`
	Impact      Field[string]   `key:"impact"`
	Processed   Field[string]   `key:"processed"`
	LookAlikes  List[LookAlike] `key:"lookalikes"`
	Examples    List[Example]   `key:"examples"`
	Aliases     List[string]    `key:"aliases"`
	Go          Field[string]   `key:"go"`
	Since       Field[string]   `key:"since"`
	Retired     Field[Retired]  `key:"retired"`
}

// LookAlike is another code that is easily taken for the entry's.
type LookAlike struct {
	Code       Field[string] `key:"code"`
	Difference Field[string] `key:"difference"`
}

// Example is a raw reply.
type Example struct {
	Operation Field[string] `key:"operation"`
	Status    Field[int]    `key:"status"`
	Headers   Names[string] `key:"headers"`
	Body      Field[string] `key:"body"`
}

// Retired says that the API no longer sends a code.
type Retired struct {
	Since      Field[string] `key:"since"`
	ReplacedBy Field[string] `key:"replaced_by"`
	Note       Field[string] `key:"note"`
}
