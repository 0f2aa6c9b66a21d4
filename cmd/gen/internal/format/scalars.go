package format

// scalars are the kinds of single values, by name.
var scalars = byName(
	Scalar{Name: "format", Expect: "1, the only version so far", Kind: Int, Min: 1, Max: 1},
	text("title", 200),
	text("text", 1000),
	text("markdown text", 20000),
	Scalar{Name: "method", Expect: "a text", Kind: Text, Max: 20, Pattern: tokenPattern},
	Scalar{Name: "path", Expect: "a text", Kind: Text, Max: 2000, Pattern: pathPattern},
	Scalar{Name: "header name", Expect: "a text", Kind: Text, Max: 200, Pattern: tokenPattern},
	text("reply", 4000),
	text("code", 256),
	text("Go name", 200),
	text("version", 100),
	text("file", 200),
	text("digest", 100),
	text("expression", 2000),
	Scalar{Name: "language", Expect: "the tag of a language such as en, de or pt-BR", Kind: Language},
	Scalar{Name: "raw text", Expect: "a text", Kind: Raw, Max: 65536},
	Scalar{Name: "mark", Expect: "a text", Kind: Raw, Max: 20},
	Scalar{Name: "value", Expect: "a text, a number, true or false", Kind: Any},
	Scalar{Name: "boolean", Expect: "true or false", Kind: Bool},
	Scalar{Name: "duration", Expect: "a duration such as 5s, 500ms or 2m", Kind: Duration},
	Scalar{Name: "jitter", Expect: "a duration such as 1s, a percentage such as 20%, or full", Kind: Jitter},
	Scalar{Name: "size", Expect: "a size from 1KiB to 64MiB, such as 256KiB or 1MiB", Kind: Size, Min: 1 << 10, Max: 64 << 20},
	Scalar{Name: "factor", Expect: "a number from 1 to 100", Kind: Factor},
	Scalar{Name: "retries", Expect: "a whole number from 0 to 1000, or unlimited", Kind: Count, Min: 0, Max: 1000},
	Scalar{Name: "date", Expect: "a date such as 2026-01-31", Kind: Date},
	Scalar{Name: "address", Expect: "an address that starts with http:// or https://", Kind: URL, Max: 2000},
	Scalar{Name: "site", Expect: "the https address of a folder, such as https://errors.example.com/", Kind: Folder, Max: 500},
	Scalar{Name: "status", Expect: "a three-digit HTTP status", Kind: Status},
	Scalar{Name: "status key", Expect: "an HTTP status such as 204 or a class such as 2xx", Kind: StatusKey},
	Scalar{Name: "pointer", Expect: "a JSON Pointer such as /error/code", Kind: Pointer},
	Scalar{Name: "element path", Expect: "a path of elements such as /Error/Code", Kind: ElementAt},
	Scalar{Name: "place", Expect: "a place in the body such as /error/code", Kind: Place},
	enum("action", "fail", "retry", "resubmit", "wait_poll", "fix_account", "ok"),
	enum("who", "client", "developer", "account-owner", "operator", "support"),
	enum("growth", "constant", "linear", "exponential"),
	enum("unit", "ms", "s", "m", "h"),
	enum("delay form", "delay", "time", "ratelimit"),
	enum("wrapping", "sse", "ndjson"),
	enum("case", "sensitive", "insensitive"),
	enum("frequency", "very-common", "occasional", "rare"),
	enum("severity", "none", "low", "medium", "high"),
	enum("processed", "no", "maybe"),
	enum("argument type", "bytes", "int", "string", "duration", "time"),
	enum("problem severity", "error", "warning"),
)

func text(name string, most int) Scalar {
	return Scalar{Name: name, Expect: "a text", Kind: Text, Max: most}
}

func enum(name string, values ...string) Scalar {
	return Scalar{Name: name, Kind: Enum, Values: values}
}

func byName(list ...Scalar) map[string]*Scalar {
	all := make(map[string]*Scalar)
	for i := range list {
		all[list[i].Name] = &list[i]
	}
	return all
}

// Words returns the values of an enum, such as severity.
func Words(name string) []string { return scalars[name].Values }
