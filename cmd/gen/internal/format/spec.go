package format

// Scalars.
var (
	title    = text("title", 200)
	sentence = text("text", 1000)
	markdown = text("markdown text", 20000)
	anyText  = Type{Scalar: &Scalar{Name: "raw text", Expect: "a text", Kind: Raw, Max: 65536}}
	mark     = Type{Scalar: &Scalar{Name: "mark", Expect: "a text", Kind: Raw, Max: 20}}
	boolean  = Type{Scalar: &Scalar{Name: "boolean", Expect: "true or false", Kind: Bool}}
	duration = Type{Scalar: &Scalar{Name: "duration", Expect: "a duration such as 5s, 500ms or 2m", Kind: Duration}}
	date     = Type{Scalar: &Scalar{Name: "date", Expect: "a date such as 2026-01-31", Kind: Date}}
	link     = Type{Scalar: &Scalar{Name: "address", Expect: "an address that starts with http:// or https://", Kind: URL, Max: 2000}}
	status   = Type{Scalar: &Scalar{Name: "status", Expect: "a three-digit HTTP status", Kind: Status}}
	statuses = orList(status)

	categoryName  = name("category")
	policyName    = name("policy")
	operationName = name("operation")
	codeName      = name("code")
	headerName    = text("header name", 200)

	action    = enum("action", "fail", "retry", "resubmit", "wait_poll", "fix_account", "ok")
	pointer   = Type{Scalar: &Scalar{Name: "pointer", Expect: "a JSON Pointer such as /error/code", Kind: Pointer}}
	elementAt = Type{Scalar: &Scalar{Name: "element path", Expect: "a path of elements such as /Error/Code", Kind: ElementAt}}
	place     = Type{Scalar: &Scalar{Name: "place", Expect: "a place in the body such as /error/code", Kind: Place}}
	value     = Type{Scalar: &Scalar{Name: "value", Expect: "a text, a number, true or false", Kind: Any}}
)

func text(name string, most int) Type {
	return Type{Scalar: &Scalar{Name: name, Expect: "a text", Kind: Text, Max: most}}
}

func name(of string) Type {
	return Type{Scalar: &Scalar{Name: of, Expect: "the name of a " + of, Kind: Name}}
}

func enum(name string, values ...string) Type {
	return Type{Scalar: &Scalar{Name: name, Kind: Enum, Values: values}}
}

func list(of Type) Type { return Type{List: &of} }

func orList(of Type) Type { return Type{Scalar: of.Scalar, Object: of.Object, List: &of} }

func mapOf(key string, of Type) Type { return Type{Map: &Map{Key: key, Value: of}} }

func object(name string, keys ...Key) Type {
	return Type{Object: &Object{Name: name, Keys: keys}}
}

// Definition is that of the whole file.
var Definition = object("spec",
	Key{"format", Type{Scalar: &Scalar{Name: "format", Expect: "the number 1", Kind: Int, Min: 1, Max: 1}}, true,
		"The version of the format: 1."},
	Key{"title", title, false, "What the catalog is about."},
	Key{"categories", mapOf("category name", category), true, "Your own groups of errors; each has one action."},
	Key{"policies", mapOf("policy name", policy), false, "Named waiting rules."},
	Key{"apis", Type{Map: &Map{Key: "API name", Pattern: PackagePattern, Value: api}}, true, "The APIs. A name is lower-case and becomes the Go package name."},
)

var category = object("category",
	Key{"title", title, false, "The name for people; defaults to the key as words."},
	Key{"action", action, true, "What to do about every entry of the category that does not say otherwise."},
	Key{"who", enum("who", "client", "developer", "account-owner", "operator", "support"), false,
		"Whose move it is: client is the library, which acts by itself. Defaults to developer for fail, account-owner for fix_account, client for the rest."},
	Key{"summary", sentence, false, "What the category is and what to do about it, in a sentence."},
)

var policy = object("policy",
	Key{"growth", enum("growth", "constant", "linear", "exponential"), false,
		"How the wait grows from retry to retry, counted from 0: constant is base, linear base*(n+1), exponential base*factor^n. Defaults to constant."},
	Key{"base", duration, true, "The wait before the first retry, without jitter."},
	Key{"factor", Type{Scalar: &Scalar{Name: "factor", Expect: "a number from 1 to 100", Kind: Factor}}, false,
		"The multiplier of exponential growth, from 1 to 100; defaults to 2."},
	Key{"jitter", Type{Scalar: &Scalar{Name: "jitter", Expect: "a duration such as 1s, a percentage such as 20%, or full", Kind: Jitter}}, false,
		"The random part: 1s adds up to a second, 20% spreads to either side, full draws from zero to the wait."},
	Key{"max", duration, false, "The longest wait, jitter included."},
	Key{"first", duration, false, "The wait before the first try of all, for polling."},
	Key{"retries", Type{Scalar: &Scalar{Name: "retries", Expect: "a whole number from 0 to 1000, or unlimited", Kind: Count, Min: 0, Max: 1000}}, false,
		"Tries after the first: 0 to 1000, or unlimited. Required where there is no within; unlimited where there is."},
	Key{"within", duration, false, "The bound on the whole, from the first try."},
	Key{"server_delay_max", duration, false, "The longest server-given delay that is obeyed; defaults to 5m."},
)

var api = object("API",
	Key{"title", title, false, "The name for people; defaults to the key."},
	Key{"summary", markdown, false, "What the API is, in a paragraph of markdown."},
	Key{"source", object("source",
		Key{"title", title, false, "The guide's title."},
		Key{"url", link, false, "Where it is."},
		Key{"verified", date, false, "When the entries were last compared with it."},
	), false, "The guide that the entries come from."},
	Key{"links", list(object("link",
		Key{"title", title, true, "What is there."},
		Key{"url", link, true, "Where it is."},
	)), false, "Further reading."},
	Key{"operations", mapOf("operation name", operation), false, "The calls of the API."},
	Key{"reply", list(form), false, "How to read an answer; forms are tried in order, and the form asked for need not be the form received."},
	Key{"delay", list(object("delay",
		Key{"header", headerName, false, "A header field that holds the delay."},
		Key{"json", pointer, false, "A member of a JSON body that holds the delay."},
		Key{"unit", enum("unit", "s", "ms"), false, "The unit of a bare number; defaults to s."},
	)), false, "Where the server may say how long to wait, in order."},
	Key{"match", object("match",
		Key{"case", enum("case", "sensitive", "insensitive"), true, "Whether the case of a code's letters counts; it does by default."},
	), false, "How codes are compared."},
	Key{"unknown", entry, false, "What a code that is not listed means, where the status has no entry either. Without it: fail."},
	Key{"unrecognised", entry, false, "What a reply in no known form means, where the status has no entry either. Without it: fail."},
	Key{"transport", object("transport",
		Key{"timeout", entry, false, "No answer in time."},
		Key{"connection", entry, false, "Refused, reset or closed before an answer."},
		Key{"dns", entry, false, "The host's name has no address."},
		Key{"tls", entry, false, "No trusted, encrypted connection."},
		Key{"canceled", entry, false, "The caller gave up; never retried, whatever the entry says."},
	), false, "What no answer at all means, by cause."},
	Key{"statuses", Type{Map: &Map{Key: "status", Pattern: StatusKeyPattern, Value: entry}}, false, "Entries by HTTP status, such as 429, or by class, such as 5xx."},
	Key{"codes", Type{Map: &Map{Key: "code", Empty: true, Value: entry}}, false,
		"Entries by code, as on the wire. A key that ends in * is for every unlisted code with that prefix."},
	Key{"checklist", list(markdown), false, "What a client of the API has to see to."},
	Key{"troubleshooting", list(object("trouble",
		Key{"issue", sentence, true, "What is seen."},
		Key{"cause", sentence, true, "Why."},
		Key{"fix", markdown, true, "What to do."},
	)), false, "Frequent trouble."},
	Key{"faq", list(object("question",
		Key{"question", sentence, true, "The question."},
		Key{"answer", markdown, true, "The answer, in markdown."},
	)), false, "Frequent questions."},
)

var operation = object("operation",
	Key{"title", title, false, "The name for people; defaults to the key as words."},
	Key{"method", text("method", 20), false, "The HTTP method."},
	Key{"path", text("path", 2000), false, "The URL path; starts with a slash."},
	Key{"repeatable", boolean, false, "Whether sending the request twice does no harm. Without it the method says: yes for GET, HEAD, PUT, DELETE, OPTIONS and TRACE (RFC 9110 section 9.2.2), no for others."},
	Key{"timeout", duration, false, "The time for one attempt."},
)

var form = object("form",
	Key{"json", object("json form",
		Key{"ok", okTests, false, "The sign of success."},
		Key{"code", list(pointer), false, "Where the code is; the first place that holds a text or a number wins."},
		Key{"message", list(pointer), false, "Where the text for people is."},
		trim,
	), false, "The body is a JSON object."},
	Key{"xml", object("xml form",
		Key{"ok", okTests, false, "The sign of success."},
		Key{"code", list(elementAt), false, "Where the code is."},
		Key{"message", list(elementAt), false, "Where the text for people is."},
		trim,
	), false, "The body is XML; namespaces are ignored."},
	Key{"text", object("text form",
		Key{"ok", okTests, false, "The sign of success."},
		Key{"code", object("text code",
			Key{"prefix", list(anyText), true, `What stands before the code; "" for nothing.`},
		), false, "Which plain texts are codes."},
		trim,
	), false, "The body is plain text."},
	Key{"header", object("header form",
		Key{"ok", okTests, false, "The sign of success."},
		Key{"code", list(headerName), false, "Header fields that hold the code, in any case."},
		trim,
	), false, "The code is in the header."},
)

var trim = Key{"trim", object("trim",
	Key{"after", mark, false, "The code starts after the last such mark."},
	Key{"before", mark, false, "The code then ends before the first such mark."},
), false, "Cuts the code out of the text; what is empty after it is no code."}

var okTests = orList(object("ok test",
	Key{"at", place, false, "A place whose value is compared with equals."},
	Key{"header", headerName, false, "A header field whose value is compared with equals."},
	Key{"equals", orList(value), false, "The value, or any of several, with their JSON types."},
	Key{"present", place, false, "A place that is there on success."},
	Key{"absent", place, false, "A place that is not there on success."},
	Key{"prefix", list(anyText), false, "What a plain-text success starts with."},
	Key{"status", orList(Type{Scalar: &Scalar{Name: "status key", Expect: "an HTTP status such as 204 or a class such as 2xx", Kind: StatusKey}}), false,
		"Statuses of success, such as 204 or 2xx."},
))

var retry = Type{Scalar: policyName.Scalar, Object: policy.Object}

// entry is a code, prefix, status or transport entry, or one for the rest.
var entry = object("entry",
	Key{"category", categoryName, true, "One of the categories."},
	Key{"action", action, false, "What to do, where it is not what the category says."},
	Key{"retry", retry, false, "The waiting rule: the name of a policy, or one written here. Actions that wait have one."},
	Key{"status", statuses, false, "The HTTP status, or any of several, that a code comes with."},
	Key{"message", sentence, false, "The API's own text for people, as on the wire."},
	Key{"meaning", sentence, false, "What it means, in a few words; defaults to message. No remedy."},
	Key{"fix", markdown, false, "What to do about it. No cause. Codes need one unless the action is ok or wait_poll."},
	Key{"details", markdown, false, "More about why it happens, in markdown."},
	Key{"reply", text("reply", 4000), false,
		"What support tells the customer, 120 words at most; {{wait}}, {{retries}}, {{within}}, {{code}}, {{meaning}} and {{api}} stand for the entry's own."},
	Key{"escalate", sentence, false, "When support hands it on, and to whom."},
	Key{"operations", list(operationName), false, "Where it can occur; in all operations if absent."},
	Key{"by_operation", mapOf("operation", object("override",
		Key{"category", categoryName, false, "Replaces the category."},
		Key{"action", action, false, "Replaces the action."},
		Key{"retry", retry, false, "Replaces the waiting rule."},
		Key{"fix", markdown, false, "Replaces the fix."},
	)), false, "What differs in some operations."},
	Key{"frequency", enum("frequency", "very-common", "occasional", "rare"), false, "How often it is seen."},
	Key{"severity", enum("severity", "none", "low", "medium", "high"), false, "How much it matters."},
	Key{"impact", sentence, false, "What it does to the work at hand."},
	Key{"processed", enum("processed", "no", "maybe"), false,
		"Whether the request may have taken effect all the same: no by default, maybe for 5xx, for codes that come with nothing else, and always for the transport failures timeout, connection and canceled."},
	Key{"lookalikes", list(object("look-alike",
		Key{"code", codeName, true, "Another code of the same API."},
		Key{"difference", sentence, true, "How to tell them apart."},
	)), false, "Codes that are easily taken for this one."},
	Key{"examples", list(object("example",
		Key{"operation", operationName, false, "The call it answers."},
		Key{"status", status, false, "The HTTP status."},
		Key{"headers", mapOf("header name", anyText), false, "Header fields."},
		Key{"body", anyText, false, "The body, as on the wire."},
	)), false, "Raw replies; each must classify to the entry it stands in."},
	Key{"aliases", list(text("code", 256)), false, "Other spellings of the code on the wire."},
	Key{"go", text("Go name", 200), false, "The Go constant, where the automatic name is wrong or clashes."},
	Key{"since", text("version", 100), false, "The version or date of the API that brought it."},
	Key{"retired", object("retired",
		Key{"since", text("version", 100), false, "The version or date of the API that dropped it."},
		Key{"replaced_by", codeName, false, "The code that is sent instead."},
		Key{"note", sentence, false, "What else there is to say."},
	), false, "The API no longer sends the code: it stays in the catalog, still classifies, and is never used anew."},
)
