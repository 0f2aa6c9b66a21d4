package format

import (
	"time"

	"github.com/errkb/errkb/classify"
)

// The format is the structs of this file: one for each object, with a field for
// each of its keys. Its tags say what its Go type does not:
//
//	key       the key
//	is        what its value is, or each of its values: a scalar of scalars.go, or
//	          else an object, by the name that problems and the schema give it
//	names     what its value is the name of; beside is: of that, or it stands here
//	by        what the keys of Names are
//	or        "list" where one value may stand in place of a list; else the object
//	          that may stand in place of the scalar
//	required  "yes" where the key has to be there
//	overlay   "text" where it is in the language of the spec, for people to read: an
//	          overlay has it in another; "yes" where an overlay has the key too and
//	          has to, "only" where nothing but an overlay has it
//	parts     "yes" where each file of a spec may hold a part of it
//	wire      "yes" where it is compared with what an API sends: the keys, where it is
//	          a mapping
//	doc       what it means, in a sentence or two

// Spec is a whole file: a spec, or an overlay, which holds the texts of a spec in
// another language.
type Spec struct {
	Format     Field[int]      `key:"format" is:"format" required:"yes" overlay:"yes" doc:"The version of the format: 1."`
	Title      Field[string]   `key:"title" is:"title" overlay:"text" doc:"What the catalog is about."`
	Site       Field[string]   `key:"site" is:"site" doc:"Where the site that gen site writes is published. Errors, logs, docs and JSON then carry the addresses of the entries' pages."`
	Language   Field[string]   `key:"language" is:"language" overlay:"yes" doc:"The language of the texts, by its tag (BCP 47); defaults to en."`
	Translates Field[string]   `key:"translates" is:"file" required:"yes" overlay:"only" doc:"The spec that the overlay translates, which is in the same folder."`
	Categories Names[Category] `key:"categories" by:"category name" is:"category" required:"yes" parts:"yes" doc:"Your own groups of errors; each has one action."`
	Policies   Names[Policy]   `key:"policies" by:"policy name" is:"policy" parts:"yes" doc:"Named waiting rules."`
	Rules      Names[Rule]     `key:"rules" by:"rule name" is:"rule" parts:"yes" doc:"Your own rules, which check asks of every entry. A name is lower-case words joined by hyphens; problems then say rules.NAME."`
	APIs       Names[API]      `key:"apis" by:"API name" is:"API" required:"yes" parts:"yes" doc:"The APIs. A name is lower-case and becomes the Go package name."`
	Digests    Names[string]   `key:"digests" by:"pointer" is:"digest" overlay:"only" doc:"What gen translate knows the texts by: from which text each was translated, and how it read then."`
}

// Category is one of the author's groups of entries.
type Category struct {
	Title   Field[string]          `key:"title" is:"title" overlay:"text" doc:"The name for people; defaults to the key as words."`
	Action  Field[classify.Action] `key:"action" is:"action" required:"yes" doc:"What to do about every entry of the category that does not say otherwise."`
	Who     Field[string]          `key:"who" is:"who" doc:"Who has to act: client is the library, which acts automatically. Defaults to developer for fail, account-owner for fix_account, client for the rest."`
	Summary Field[string]          `key:"summary" is:"text" overlay:"text" doc:"What the category is and what to do about it, in a sentence."`
}

// Policy is a waiting rule.
type Policy struct {
	Growth         Field[string]          `key:"growth" is:"growth" doc:"How the wait grows from retry to retry, counted from 0: constant is base, linear base*(n+1), exponential base*factor^n. Defaults to constant."`
	Base           Field[time.Duration]   `key:"base" is:"duration" required:"yes" doc:"The wait before the first retry, without jitter."`
	Factor         Field[float64]         `key:"factor" is:"factor" doc:"The multiplier of exponential growth, from 1 to 100; defaults to 2."`
	Jitter         Field[classify.Jitter] `key:"jitter" is:"jitter" doc:"The random part: 1s adds up to a second, 20% spreads to either side, full draws from zero to the wait."`
	Max            Field[time.Duration]   `key:"max" is:"duration" doc:"The longest wait, jitter included."`
	First          Field[time.Duration]   `key:"first" is:"duration" doc:"The wait between the submission of a task and its first poll; nothing else waits so."`
	Retries        Field[int]             `key:"retries" is:"retries" doc:"Tries after the first: 0 to 1000, or unlimited. Required unless there is a within; then the default is unlimited."`
	Within         Field[time.Duration]   `key:"within" is:"duration" doc:"Nothing is sent again later than this after the first try, for polling after the submission of the task."`
	ServerDelayMax Field[time.Duration]   `key:"server_delay_max" is:"duration" doc:"The longest delay to accept from the server; defaults to 5m."`
}

// Rule is a rule of the author's own.
type Rule struct {
	Check    Field[string] `key:"check" is:"expression" required:"yes" doc:"What has to hold for every entry: an expression in CEL about entry, which is as gen list -o json shows it."`
	Message  Field[string] `key:"message" is:"text" doc:"What is wrong with an entry for which it does not hold. Without it: that the entry breaks the rule."`
	Hint     Field[string] `key:"hint" is:"text" doc:"What to do about it."`
	Severity Field[string] `key:"severity" is:"problem severity" doc:"How bad it is: nothing is generated from a spec with an error, the default."`
}

// API is one API of a file.
type API struct {
	Title           Field[string]    `key:"title" is:"title" overlay:"text" doc:"The name for people; defaults to the key."`
	Summary         Field[string]    `key:"summary" is:"markdown text" overlay:"text" doc:"What the API is, in a paragraph of markdown."`
	Source          Field[Source]    `key:"source" is:"source" doc:"The guide that the entries come from."`
	Links           List[Link]       `key:"links" is:"link" doc:"Further reading."`
	Operations      Names[Operation] `key:"operations" by:"operation name" is:"operation" parts:"yes" doc:"The calls of the API."`
	Reply           List[Form]       `key:"reply" is:"form" doc:"How to read an answer; forms are tried in order, and an answer need not have the form that was asked for."`
	Delay           List[Delay]      `key:"delay" is:"delay" doc:"Where the server may say how long to wait, in order."`
	Overrides       List[Override]   `key:"overrides" is:"override" doc:"What the server itself says to do about a reply without success, whatever its entry is. The first whose tests hold counts."`
	RequestID       List[ReplyPlace] `key:"request_id" or:"list" is:"reply place" doc:"Where a reply names the request, in order: what the API's support asks for."`
	Part            List[ReplyPlace] `key:"field" or:"list" is:"reply place" doc:"Where a reply names the part of the request that is at fault, in order."`
	Secret          List[ReplyPlace] `key:"secret" or:"list" is:"reply place" doc:"Where a reply holds what nobody is to see: it is cut from all that is printed."`
	Match           Field[Match]     `key:"match" is:"match" doc:"How codes are compared."`
	Unknown         Field[Entry]     `key:"unknown" is:"entry" doc:"What a code that is not listed means, if the status has no entry either. Without it: fail."`
	Unrecognised    Field[Entry]     `key:"unrecognised" is:"entry" doc:"What a reply in no known form means, if the status has no entry either. Without it: fail."`
	Transport       Field[Transport] `key:"transport" is:"transport" doc:"What it means to get no answer at all, by cause."`
	Statuses        Names[Entry]     `key:"statuses" by:"status" is:"entry" parts:"yes" doc:"Entries by HTTP status, such as 429, or by class, such as 5xx."`
	Codes           Names[Entry]     `key:"codes" by:"code" is:"entry" parts:"yes" wire:"yes" doc:"Entries by code, as on the wire. A key that ends in * is for every unlisted code with that prefix."`
	Checklist       List[string]     `key:"checklist" is:"markdown text" overlay:"text" doc:"What a client of the API has to take care of."`
	Troubleshooting List[Trouble]    `key:"troubleshooting" is:"trouble" doc:"Common problems."`
	FAQ             List[Question]   `key:"faq" is:"question" doc:"Common questions."`
}

// Source is the guide that the entries come from.
type Source struct {
	Title    Field[string] `key:"title" is:"title" overlay:"text" doc:"The guide's title."`
	URL      Field[string] `key:"url" is:"address" doc:"Where it is."`
	Verified Field[string] `key:"verified" is:"date" doc:"When the entries were last compared with it."`
}

// Link is a titled address.
type Link struct {
	Title Field[string] `key:"title" is:"title" required:"yes" overlay:"text" doc:"What is there."`
	URL   Field[string] `key:"url" is:"address" required:"yes" doc:"Where it is."`
}

// Operation is a call of an API.
type Operation struct {
	Title      Field[string]        `key:"title" is:"title" overlay:"text" doc:"The name for people; defaults to the key as words."`
	Method     Field[string]        `key:"method" is:"method" wire:"yes" doc:"The HTTP method."`
	Path       Field[string]        `key:"path" is:"path" doc:"The URL path; starts with a slash."`
	Repeatable Field[bool]          `key:"repeatable" is:"boolean" doc:"Whether sending the request twice does no harm. Without it the method decides: yes for GET, HEAD, PUT, DELETE, OPTIONS and TRACE (RFC 9110 section 9.2.2), no for others."`
	Timeout    Field[time.Duration] `key:"timeout" is:"duration" doc:"The time for one attempt."`
	Patience   Field[time.Duration] `key:"patience" is:"duration" doc:"How long a client waits for the body of a reply whose status is below 400, to tell success from failure; defaults to 1s."`
	Look       Field[int64]         `key:"look" is:"size" doc:"How many bytes of a body are looked at; defaults to 64KiB."`
}

// Form is a form of reply: one of its keys.
type Form struct {
	JSON   Field[JSONForm]   `key:"json" is:"json form" doc:"The body is a JSON object."`
	XML    Field[XMLForm]    `key:"xml" is:"xml form" doc:"The body is XML; namespaces are ignored."`
	Text   Field[TextForm]   `key:"text" is:"text form" doc:"The body is plain text."`
	Header Field[HeaderForm] `key:"header" is:"header form" doc:"The code is in the header."`
}

// JSONForm is how a body of JSON is read.
type JSONForm struct {
	In      Field[Ref[Wrapped]] `key:"in" is:"wrapping" or:"wrapper" doc:"What the JSON is wrapped in, if it is not the whole body: sse is the first event whose data is an object, ndjson the first line that says success or holds a code."`
	OK      List[Test]          `key:"ok" or:"list" is:"test" doc:"The sign of success; of a list, one that holds is enough. Leave it out where the status alone says success."`
	Fail    List[Test]          `key:"fail" or:"list" is:"test" doc:"The sign of failure; of a list, one that holds is enough. Where it holds, no sign of success counts."`
	Code    List[classify.Path] `key:"code" is:"pointer" wire:"yes" doc:"Where the code is. The first place that holds a listed code wins; if none does, the first that holds a text or a number."`
	None    List[string]        `key:"none" is:"raw text" wire:"yes" doc:"Texts that stand for no code at these places, such as \"0\" or about:blank."`
	Message List[classify.Path] `key:"message" is:"pointer" wire:"yes" doc:"Where the text for people is."`
	Trim    Field[Trim]         `key:"trim" is:"trim" doc:"Cuts the code out of the text; if nothing is left, there is no code."`
}

// Wrapped is where in a JSON body a string holds the JSON that is read.
type Wrapped struct {
	String Field[classify.Path] `key:"string" is:"pointer" required:"yes" wire:"yes" doc:"A string in a JSON body that is itself JSON."`
}

// Test is a question about a reply: a sign of success or of failure, or a condition.
type Test struct {
	At        Field[BodyPlace]      `key:"at" is:"place" wire:"yes" doc:"A place whose value is compared by equals or contains."`
	Header    Field[string]         `key:"header" is:"header name" wire:"yes" doc:"A header field that is compared by equals or prefix, or alone has to be there."`
	Equals    List[classify.Scalar] `key:"equals" or:"list" is:"value" wire:"yes" doc:"The value, or any of several, with their JSON types."`
	Contains  Field[string]         `key:"contains" is:"text" wire:"yes" doc:"A text that stands in the place, or without at in the body, in any case."`
	Prefix    List[string]          `key:"prefix" or:"list" is:"raw text" wire:"yes" doc:"What the header field, or without header the plain text, starts with."`
	Present   Field[BodyPlace]      `key:"present" is:"place" wire:"yes" doc:"A place that has a value; JSON null is none."`
	Absent    Field[BodyPlace]      `key:"absent" is:"place" wire:"yes" doc:"A place that has no value; JSON null is none."`
	Status    List[int]             `key:"status" or:"list" is:"status key" doc:"Statuses, such as 204 or 2xx, any of which holds."`
	Operation List[string]          `key:"operation" or:"list" names:"operation" doc:"Operations, any of which the reply answers."`
	All       List[Test]            `key:"all" is:"test" doc:"Tests all of which hold."`
	Any       List[Test]            `key:"any" is:"test" doc:"Tests one of which holds."`
	Not       List[Test]            `key:"not" or:"list" is:"test" doc:"A test that does not hold."`
}

// Trim is between which marks of a text the code stands.
type Trim struct {
	After  Field[string] `key:"after" is:"mark" wire:"yes" doc:"The code starts after the last such mark."`
	Before Field[string] `key:"before" is:"mark" wire:"yes" doc:"The code then ends before the first such mark."`
}

// XMLForm is how a body of XML is read.
type XMLForm struct {
	OK      List[Test]          `key:"ok" or:"list" is:"test" doc:"The sign of success; of a list, one that holds is enough."`
	Fail    List[Test]          `key:"fail" or:"list" is:"test" doc:"The sign of failure; where it holds, no sign of success counts."`
	Code    List[classify.Path] `key:"code" is:"element path" wire:"yes" doc:"Where the code is; the first place that holds a listed code wins."`
	None    List[string]        `key:"none" is:"raw text" wire:"yes" doc:"Texts that stand for no code at these places."`
	Message List[classify.Path] `key:"message" is:"element path" wire:"yes" doc:"Where the text for people is."`
	Trim    Field[Trim]         `key:"trim" is:"trim" doc:"Cuts the code out of the text; if nothing is left, there is no code."`
}

// TextForm is how a plain text is read.
type TextForm struct {
	OK   List[Test]      `key:"ok" or:"list" is:"test" doc:"The sign of success; of a list, one that holds is enough."`
	Fail List[Test]      `key:"fail" or:"list" is:"test" doc:"The sign of failure; where it holds, no sign of success counts."`
	Code Field[TextCode] `key:"code" is:"text code" doc:"Which plain texts are codes."`
	None List[string]    `key:"none" is:"raw text" wire:"yes" doc:"Texts that stand for no code."`
	Trim Field[Trim]     `key:"trim" is:"trim" doc:"Cuts the code out of the text; if nothing is left, there is no code."`
}

// TextCode is which plain texts are codes.
type TextCode struct {
	Prefix List[string] `key:"prefix" is:"raw text" required:"yes" wire:"yes" doc:"What comes before the code; \"\" for nothing."`
}

// HeaderForm is how a header is read.
type HeaderForm struct {
	OK   List[Test]   `key:"ok" or:"list" is:"test" doc:"The sign of success; of a list, one that holds is enough."`
	Fail List[Test]   `key:"fail" or:"list" is:"test" doc:"The sign of failure; where it holds, no sign of success counts."`
	Code List[string] `key:"code" is:"header name" wire:"yes" doc:"Header fields that hold the code, in any case."`
	None List[string] `key:"none" is:"raw text" wire:"yes" doc:"Texts that stand for no code in these fields."`
	Trim Field[Trim]  `key:"trim" is:"trim" doc:"Cuts the code out of the text; if nothing is left, there is no code."`
}

// Delay is where a server may say how long to wait.
type Delay struct {
	Header  Field[string]        `key:"header" is:"header name" wire:"yes" doc:"A header field that holds the delay."`
	JSON    Field[classify.Path] `key:"json" is:"pointer" wire:"yes" doc:"A member of a JSON body that holds the delay."`
	Code    Field[string]        `key:"code" is:"code" wire:"yes" doc:"The start of a code whose rest is the delay, such as FLOOD_WAIT_."`
	Unit    Field[string]        `key:"unit" is:"unit" doc:"The unit of a bare number; defaults to s."`
	As      Field[string]        `key:"as" is:"delay form" doc:"What stands there: delay is how long to wait, time a point in time, as a number since 1970 or a date, ratelimit the RateLimit field of the IETF. Defaults to delay."`
	Decimal Field[bool]          `key:"decimal" is:"boolean" doc:"Whether Retry-After may be a decimal such as 2.0, which RFC 9110 does not allow."`
}

// ReplyPlace is where a reply says something beside the code.
type ReplyPlace struct {
	Header Field[string]        `key:"header" is:"header name" wire:"yes" doc:"A header field."`
	JSON   Field[classify.Path] `key:"json" is:"pointer" wire:"yes" doc:"A member of a JSON body."`
	XML    Field[classify.Path] `key:"xml" is:"element path" wire:"yes" doc:"An element or an attribute of an XML body."`
}

// Match is how codes are compared.
type Match struct {
	Case Field[string] `key:"case" is:"case" required:"yes" doc:"Whether the case of a code's letters counts; it does by default."`
}

// Entry is what the author says of a code, a prefix, a status, a failure or the
// rest.
type Entry struct {
	Category    Field[string]           `key:"category" names:"category" required:"yes" doc:"One of the categories."`
	Action      Field[classify.Action]  `key:"action" is:"action" doc:"What to do, if it is not what the category says."`
	Retry       Field[Ref[Policy]]      `key:"retry" names:"policy" is:"policy" doc:"The waiting rule: the name of a policy, or one written here. Actions that wait have one."`
	Status      List[int]               `key:"status" or:"list" is:"status" doc:"The HTTP status, or any of several, that a code comes with."`
	Message     Field[string]           `key:"message" is:"text" doc:"The API's own text for people, as on the wire."`
	Meaning     Field[string]           `key:"meaning" is:"text" overlay:"text" doc:"What it means, in a few words; defaults to message. No remedy."`
	Args        Names[Arg]              `key:"args" by:"argument name" is:"argument" doc:"The values that the texts have in each reply, which the API's own server gives: {{NAME}} in message, meaning, fix and reply stands for one. A name is lower-case words joined by underscores."`
	Fix         Field[string]           `key:"fix" is:"markdown text" overlay:"text" doc:"What to do about it. No cause. Codes need one unless the action is ok or wait_poll."`
	Details     Field[string]           `key:"details" is:"markdown text" overlay:"text" doc:"More about why it happens, in markdown."`
	Answer      Field[string]           `key:"reply" is:"reply" overlay:"text" doc:"What support tells the customer, in at most 120 words; {{wait}}, {{retries}}, {{within}}, {{code}}, {{meaning}} and {{api}} stand for the entry's own, {{request_id}} and {{field}} for the reply's."`
	AnswerOwn   Field[string]           `key:"reply_own" is:"reply" overlay:"text" doc:"The reply to customers whose program is not the generated client: it promises no automatic retry, and says what the program has to do. Without it, reply serves all customers where the client retries nothing, and a draft is shown elsewhere."`
	Escalate    Field[string]           `key:"escalate" is:"text" overlay:"text" doc:"When support escalates it, and to whom."`
	Operations  List[string]            `key:"operations" names:"operation" doc:"Where it can occur; in all operations if absent."`
	ByOperation Names[OperationVariant] `key:"by_operation" by:"operation" is:"operation variant" doc:"What differs in some operations. A variant that holds replaces it."`
	Variants    List[Variant]           `key:"variants" is:"variant" doc:"What differs in some replies, by what else they hold. The first whose tests hold counts."`
	Delay       List[Delay]             `key:"delay" is:"delay" doc:"Where the server may say how long to wait, in place of the API's delay."`
	Frequency   Field[string]           `key:"frequency" is:"frequency" doc:"How often it is seen."`
	Severity    Field[string]           `key:"severity" is:"severity" doc:"How much it matters."`
	Impact      Field[string]           `key:"impact" is:"text" overlay:"text" doc:"How it affects the work at hand."`
	Processed   Field[string]           `key:"processed" is:"processed" doc:"Whether the request may have taken effect anyway: no by default, maybe for 5xx, for codes that come with nothing else, and always for the transport failures timeout, connection and canceled where something was sent."`
	LookAlikes  List[LookAlike]         `key:"lookalikes" is:"look-alike" doc:"Codes that are easily taken for this one."`
	Examples    List[Example]           `key:"examples" is:"example" doc:"Raw replies; each must classify to the entry it stands in."`
	Aliases     List[string]            `key:"aliases" is:"code" wire:"yes" doc:"Other spellings of the code on the wire."`
	Go          Field[string]           `key:"go" is:"Go name" doc:"The Go constant, if the automatic name is wrong or clashes."`
	Since       Field[string]           `key:"since" is:"version" doc:"The version or date of the API that introduced it."`
	Retired     Field[Retired]          `key:"retired" is:"retired" doc:"The API no longer sends the code: it stays in the catalog, still classifies, and is never reused."`
}

// Arg is a value that the texts of an entry have in each reply.
type Arg struct {
	Type    Field[string] `key:"type" is:"argument type" required:"yes" doc:"What it is: bytes is a size."`
	Example Field[string] `key:"example" is:"text" required:"yes" doc:"A value, such as 2MiB, 42, 30s or 2026-01-31T17:00:00Z."`
}

// OperationVariant is what differs in one operation.
type OperationVariant struct {
	Category Field[string]          `key:"category" names:"category" doc:"Replaces the category."`
	Action   Field[classify.Action] `key:"action" is:"action" doc:"Replaces the action."`
	Retry    Field[Ref[Policy]]     `key:"retry" names:"policy" is:"policy" doc:"Replaces the waiting rule."`
	Fix      Field[string]          `key:"fix" is:"markdown text" overlay:"text" doc:"Replaces the fix."`
}

// Variant is what differs in the replies that its tests hold for.
type Variant struct {
	When      List[Test]             `key:"when" or:"list" is:"test" required:"yes" doc:"Which replies: a test, or a list of tests all of which hold."`
	Category  Field[string]          `key:"category" names:"category" doc:"Replaces the category."`
	Action    Field[classify.Action] `key:"action" is:"action" doc:"Replaces the action."`
	Retry     Field[Ref[Policy]]     `key:"retry" names:"policy" is:"policy" doc:"Replaces the waiting rule."`
	Meaning   Field[string]          `key:"meaning" is:"text" overlay:"text" doc:"Replaces the meaning."`
	Fix       Field[string]          `key:"fix" is:"markdown text" overlay:"text" doc:"Replaces the fix."`
	Details   Field[string]          `key:"details" is:"markdown text" overlay:"text" doc:"Replaces the details."`
	Answer    Field[string]          `key:"reply" is:"reply" overlay:"text" doc:"Replaces the reply. That of the entry is kept only where the action is."`
	AnswerOwn Field[string]          `key:"reply_own" is:"reply" overlay:"text" doc:"Replaces reply_own. That of the entry is kept only where its reply is."`
	Escalate  Field[string]          `key:"escalate" is:"text" overlay:"text" doc:"Replaces escalate."`
	Processed Field[string]          `key:"processed" is:"processed" doc:"Replaces processed."`
	Delay     List[Delay]            `key:"delay" is:"delay" doc:"Replaces where the server may say how long to wait."`
	Examples  List[Example]          `key:"examples" is:"example" doc:"Raw replies; each must classify to the entry, and to this variant."`
}

// Override is what the server itself says to do.
type Override struct {
	When     List[Test]             `key:"when" or:"list" is:"test" required:"yes" doc:"Which replies: a test, or a list of tests all of which hold."`
	Category Field[string]          `key:"category" names:"category" doc:"Replaces the category of the entry, and its action by the category's."`
	Action   Field[classify.Action] `key:"action" is:"action" doc:"Replaces the action of the entry."`
	Retry    Field[Ref[Policy]]     `key:"retry" names:"policy" is:"policy" doc:"Replaces the waiting rule of the entry. An action that waits has one."`
	Fix      Field[string]          `key:"fix" is:"markdown text" overlay:"text" doc:"Replaces the fix of the entry."`
	Delay    List[Delay]            `key:"delay" is:"delay" doc:"Replaces where the server may say how long to wait."`
}

// LookAlike is another code that is easily taken for the entry's.
type LookAlike struct {
	Code       Field[string] `key:"code" names:"code" required:"yes" doc:"Another code of the same API."`
	Difference Field[string] `key:"difference" is:"text" required:"yes" overlay:"text" doc:"How to tell them apart."`
}

// Example is a raw reply.
type Example struct {
	Operation Field[string] `key:"operation" names:"operation" doc:"The call it answers."`
	Status    Field[int]    `key:"status" is:"status" doc:"The HTTP status."`
	Headers   Names[string] `key:"headers" by:"header name" is:"raw text" wire:"yes" doc:"Header fields."`
	Body      Field[string] `key:"body" is:"raw text" doc:"The body, as on the wire."`
}

// Retired says that the API no longer sends a code.
type Retired struct {
	Since      Field[string] `key:"since" is:"version" doc:"The version or date of the API that dropped it."`
	ReplacedBy Field[string] `key:"replaced_by" names:"code" doc:"The code that is sent instead."`
	Note       Field[string] `key:"note" is:"text" overlay:"text" doc:"What else there is to say."`
}

// Transport is the entries of failures to get a reply.
type Transport struct {
	Timeout    Field[Entry] `key:"timeout" is:"entry" doc:"No answer in time."`
	Connection Field[Entry] `key:"connection" is:"entry" doc:"Refused, reset or closed before an answer."`
	DNS        Field[Entry] `key:"dns" is:"entry" doc:"The host's name does not exist."`
	TLS        Field[Entry] `key:"tls" is:"entry" doc:"No trusted, encrypted connection."`
	Canceled   Field[Entry] `key:"canceled" is:"entry" doc:"The caller gave up; never retried, whatever the entry says."`
}

// Trouble is a row of an API's troubleshooting table.
type Trouble struct {
	Issue Field[string] `key:"issue" is:"text" required:"yes" overlay:"text" doc:"What is seen."`
	Cause Field[string] `key:"cause" is:"text" required:"yes" overlay:"text" doc:"Why."`
	Fix   Field[string] `key:"fix" is:"markdown text" required:"yes" overlay:"text" doc:"What to do."`
}

// Question is a frequent question with its answer.
type Question struct {
	Question Field[string] `key:"question" is:"text" required:"yes" overlay:"text" doc:"The question."`
	Answer   Field[string] `key:"answer" is:"markdown text" required:"yes" overlay:"text" doc:"The answer, in markdown."`
}
