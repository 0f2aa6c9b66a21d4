package main

// own is the name of errkb's row; bare is that of the base line, which no library
// can beat.
const (
	own  = "errkb"
	bare = "bare"
)

// group is a set of benchmarks that do the same by different means.
type group struct {
	Name  string // of the benchmark
	Title string
	Text  string
	Rows  []row
}

// row is one of the means.
type row struct {
	Library string
	Means   string // what does it
	Faster  string // where it is faster than errkb, why
}

// The groups, in the order of the page.
var groups = []group{
	{
		Name:  "Success",
		Title: "A call that succeeds",
		Text:  "A function that returns at once, called by each retry loop. The bare call is the same function through its value: what errkb adds to it is the price of a call that never needed a retry.",
		Rows: []row{
			{Library: bare, Means: "the call alone"},
			{Library: own, Means: "classify.Do"},
			{Library: "errkb-timed", Means: "classify.Do, where each try has its own timeout, as the shipped catalogs give it"},
			{Library: "backoff", Means: "backoff.Retry"},
			{
				Library: "retry-go", Means: "RetrierWithData.Do, made once",
				Faster: "it has no timeout of an attempt to look up",
			},
			{Library: "failsafe-go", Means: "Executor.Get, made once"},
			{
				Library: "gax-go", Means: "gax.Invoke",
				Faster: "it has no timeout of an attempt to look up",
			},
		},
	},
	{
		Name:  "FailOnce",
		Title: "A call that fails once",
		Text:  "The function fails, is called again without a wait, and succeeds. errkb looks the failure up in a catalog, as a reply with status 503; the others are told that every error is retryable. Libraries whose shortest wait is still a timer pay for it here, as they do in a program.",
		Rows: []row{
			{Library: bare, Means: "a loop by hand"},
			{Library: own, Means: "classify.Do"},
			{Library: "backoff", Means: "backoff.Retry, ZeroBackOff"},
			{Library: "retry-go", Means: "RetrierWithData.Do, Delay(0), FixedDelay"},
			{Library: "failsafe-go", Means: "Executor.Get, no delay"},
			{Library: "gax-go", Means: "gax.Invoke, a backoff of 1 ns, its minimum"},
		},
	},
	{
		Name:  "Decision",
		Title: "The decision alone, by status and header",
		Text:  "Status 429 with `Retry-After: 30`: is this retryable, and after how long? Only errkb and go-retryablehttp answer both with the server's delay. For the others, the nearest thing that they have is measured. backoff and retry-go have no such decision: their users write it.",
		Rows: []row{
			{Library: own, Means: "fastcaptcha.Classify, Decision.Next: all rules of the API, the delay checked and jittered"},
			{
				Library: "go-retryablehttp", Means: "DefaultRetryPolicy, DefaultBackoff",
				Faster: "it compares the status with constants and takes the number unchanged. errkb tries the reply's forms, finds the entry in the API's table, reads the header in any case, checks it against the policy's limit, adds jitter, and keeps what it takes to explain the decision",
			},
			{
				Library: "failsafe-go", Means: "failsafehttp.DelayFunc: the delay only, its predicate is not exported",
				Faster: "it answers the second half of the question only, without a limit or jitter",
			},
			{Library: "aws-sdk-go-v2", Means: "Standard.IsErrorRetryable, RetryDelay: by status, the header is not read"},
			{
				Library: "gax-go", Means: "OnHTTPCodes, Retry: by status, the header is not read",
				Faster: "it looks the status up in a set and does not read the header",
			},
		},
	},
	{
		Name:  "BodyCode",
		Title: "The decision alone, by a code in the body",
		Text:  "Status 200 and a JSON body of 85 bytes with an error code. None of the libraries reads bodies, so errkb is compared with what a user writes: json.Unmarshal into a struct and a map of waits.",
		Rows: []row{
			{Library: own, Means: "fastcaptcha.Classify, Decision.Next"},
			{Library: "by-hand", Means: "json.Unmarshal, a map"},
		},
	},
	{
		Name:  "JSONShort",
		Title: "A JSON reply of 85 bytes",
		Text:  "The sign of success and the code at the end of a body, and what they mean, beside readers of JSON and a map.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify: the whole body is checked, and all that explains the decision is kept"},
			{Library: "encoding-json", Means: "json.Unmarshal, a map"},
			{Library: "go-json", Means: "Unmarshal of goccy/go-json, a map", Faster: "it keeps two members and looks a code up; errkb also weighs all forms, the prefixes, the status and the delays of the catalog"},
			{Library: "json-v2", Means: "Unmarshal of go-json-experiment/json, which is encoding/json/v2, a map", Faster: "it keeps two members and looks a code up; errkb also weighs all forms, the prefixes, the status and the delays of the catalog"},
			{Library: "fastjson", Means: "Parser.ParseBytes of one parser that is kept; a map", Faster: "it keeps two members and looks a code up; errkb also weighs all forms, the prefixes, the status and the delays of the catalog"},
			{Library: "jsonparser", Means: "GetBoolean and Get, which check little of the body; a map", Faster: "it keeps two members and looks a code up; errkb also weighs all forms, the prefixes, the status and the delays of the catalog"},
		},
	},
	{
		Name:  "JSONPage",
		Title: "A JSON reply of 2 KB",
		Text:  "The same, of a body with a list before the code.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify: the whole body is checked, and all that explains the decision is kept"},
			{Library: "encoding-json", Means: "json.Unmarshal, a map"},
			{Library: "go-json", Means: "Unmarshal of goccy/go-json, a map"},
			{Library: "json-v2", Means: "Unmarshal of go-json-experiment/json, which is encoding/json/v2, a map"},
			{Library: "fastjson", Means: "Parser.ParseBytes of one parser that is kept; a map"},
			{Library: "jsonparser", Means: "GetBoolean and Get, which check little of the body; a map"},
		},
	},
	{
		Name:  "JSONLong",
		Title: "A JSON reply of 60 KB",
		Text:  "The same, of a body about as long as what is looked at.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify: the whole body is checked, and all that explains the decision is kept"},
			{Library: "encoding-json", Means: "json.Unmarshal, a map"},
			{Library: "go-json", Means: "Unmarshal of goccy/go-json, a map"},
			{Library: "json-v2", Means: "Unmarshal of go-json-experiment/json, which is encoding/json/v2, a map"},
			{Library: "fastjson", Means: "Parser.ParseBytes of one parser that is kept; a map"},
			{Library: "jsonparser", Means: "GetBoolean and Get, which check little of the body; a map"},
		},
	},
	{
		Name:  "Text",
		Title: "A reply of plain text",
		Text:  "The body is the code alone, one of 21.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify"},
			{Library: "by-hand", Means: "strings.TrimSpace, a map", Faster: "it knows that the text is a code, and keeps nothing; errkb also asks the sign of success and the delays of the catalog"},
		},
	},
	{
		Name:  "Status",
		Title: "A reply known by its status",
		Text:  "Status 503 without a body.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify"},
			{Library: "by-hand", Means: "a map", Faster: "it keeps nothing that explains the decision"},
		},
	},
	{
		Name:  "Header",
		Title: "A reply with the code in a header field",
		Text:  "The code, one of 21, and a Retry-After.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify: the delay is checked"},
			{Library: "by-hand", Means: "Header.Get for both, a map", Faster: "it does not read the delay, and keeps nothing"},
		},
	},
	{
		Name:  "XML",
		Title: "A reply in XML",
		Text:  "A body of 220 bytes with the code, one of 21, in an element.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify"},
			{Library: "by-hand", Means: "xml.Unmarshal, a map"},
		},
	},
	{
		Name:  "Lookup21",
		Title: "A code among 21",
		Text:  "Listed codes in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Lookup300",
		Title: "A code among 300",
		Text:  "Listed codes in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Lookup5000",
		Title: "A code among 5,000",
		Text:  "Listed codes in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Miss21",
		Title: "A text that is none of 21 codes",
		Text:  "Listed codes with a letter changed, in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Miss300",
		Title: "A text that is none of 300 codes",
		Text:  "Listed codes with a letter changed, in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Miss5000",
		Title: "A text that is none of 5,000 codes",
		Text:  "Listed codes with a letter changed, in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "RoundTrip",
		Title: "A request that succeeds, through the RoundTripper",
		Text:  "The base is a RoundTripper that answers in the same process, so that the rest is overhead. The API shows success by its status. go-retryablehttp's RoundTripper has an http.Client inside, so the next table is the fairer one for it.",
		Rows: []row{
			{Library: bare, Means: "the base alone"},
			{Library: own, Means: "classify.Transport"},
			{Library: "errkb-timed", Means: "classify.Transport, where each try has its own timeout"},
			{Library: "go-retryablehttp", Means: "retryablehttp.RoundTripper"},
			{Library: "failsafe-go", Means: "failsafehttp.NewRoundTripper"},
		},
	},
	{
		Name:  "Client",
		Title: "A request that succeeds, through the client",
		Text:  "The same, as a program does it: by http.Client.Do with each RoundTripper, and by retryablehttp.Client.Do.",
		Rows: []row{
			{Library: bare, Means: "http.Client over the base"},
			{Library: own, Means: "http.Client over classify.Transport"},
			{
				Library: "go-retryablehttp", Means: "retryablehttp.Client",
				Faster: "it compares the status with constants. errkb finds which operation the request is, and looks the status up in the catalog",
			},
			{Library: "failsafe-go", Means: "http.Client over failsafehttp.NewRoundTripper"},
		},
	},
	{
		Name:  "ClientFailOnce",
		Title: "A request that is answered by a 503 first",
		Text:  "Through the client, without a wait before the second try.",
		Rows: []row{
			{Library: own, Means: "http.Client over classify.Transport"},
			{Library: "go-retryablehttp", Means: "retryablehttp.Client"},
			{Library: "failsafe-go", Means: "http.Client over failsafehttp.NewRoundTripper"},
		},
	},
	{
		Name:  "BodySuccess",
		Title: "A request whose success only the body tells",
		Text:  "Status 200 with a JSON body, which has to be looked at before the reply counts as a success, and which the caller then reads. None of the libraries does that; by hand it is one read, one json.Unmarshal, and no second reader.",
		Rows: []row{
			{Library: own, Means: "classify.Transport, then io.ReadAll"},
			{
				Library: "by-hand", Means: "io.ReadAll, json.Unmarshal",
				Faster: "it waits for the body for as long as that takes. errkb reads the start of it in a goroutine, so that a body that dribbles can't hold the decision up, and leaves all of it to be read; most of its time here is the hand-over between the goroutines",
			},
		},
	},
}

// libraries are the modules whose versions the page gives.
var libraries = []string{
	"github.com/avast/retry-go/v5",
	"github.com/aws/aws-sdk-go-v2",
	"github.com/buger/jsonparser",
	"github.com/cenkalti/backoff/v7",
	"github.com/failsafe-go/failsafe-go",
	"github.com/go-json-experiment/json",
	"github.com/goccy/go-json",
	"github.com/googleapis/gax-go/v2",
	"github.com/hashicorp/go-retryablehttp",
	"github.com/valyala/fastjson",
}
