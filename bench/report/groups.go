package main

// own is the name of errkb's row, before that of an earlier build of it, and bare that of the
// base line, which no library can beat.
const (
	own    = "errkb"
	before = "before"
	bare   = "bare"
)

// group is a set of rows that do the same by different means.
type group struct {
	Name  string // of the benchmark, or of the tasks
	Title string
	Text  string
	Unit  *unit
	Rows  []row
}

// unit is what the figures of a group are of.
type unit struct {
	Time  string  // what the time is given in
	Scale float64 // its nanoseconds
	Heap  bool    // the bytes and allocations of an operation count
	File  bool    // the bytes are those of the program
}

var (
	perOperation = &unit{Time: "ns", Scale: 1, Heap: true}
	perStart     = &unit{Time: "ms", Scale: 1e6, File: true}
	perCycle     = &unit{Time: "µs", Scale: 1e3}
	perRun       = &unit{Time: "ms", Scale: 1e6}
)

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
		Unit:  perOperation,
		Title: "A call that succeeds",
		Text:  "A function that returns at once, called by each retry loop. The bare call is the same function through its value: what errkb adds to it is the price of a call that never needed a retry.",
		Rows: []row{
			{Library: bare, Means: "the call alone"},
			{Library: own, Means: "classify.Do"},
			{Library: "errkb-timed", Means: "classify.Do, where each try has its own timeout, as the shipped catalogs give it"},
			{Library: "backoff", Means: "backoff.Retry"},
			{
				Library: "retry-go", Means: "RetrierWithData.Do, made once",
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
		Unit:  perOperation,
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
		Unit:  perOperation,
		Title: "The decision alone, by status and header",
		Text:  "Status 429 with `Retry-After: 30`: is this retryable, and after how long? Only errkb and go-retryablehttp answer both with the server's delay. For the others, the nearest thing that they have is measured. backoff and retry-go have no such decision: their users write it.",
		Rows: []row{
			{Library: own, Means: "fastcaptcha.Classify, Decision.Next: all rules of the API, the delay checked and jittered"},
			{
				Library: "go-retryablehttp", Means: "DefaultRetryPolicy, DefaultBackoff",
				Faster: "it compares the status with constants and takes the number unchanged. errkb finds the entry in the API's table, reads the header in any case, checks it against the policy's limit, draws the jitter, and fills in a decision that explains itself, which Next then copies",
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
		Unit:  perOperation,
		Title: "The decision alone, by a code in the body",
		Text:  "Status 200 and a JSON body of 85 bytes with an error code. None of the libraries reads bodies, so errkb is compared with what a user writes: json.Unmarshal into a struct and a map of waits.",
		Rows: []row{
			{Library: own, Means: "fastcaptcha.Classify, Decision.Next"},
			{Library: "by-hand", Means: "json.Unmarshal, a map"},
		},
	},
	{
		Name:  "JSONShort",
		Unit:  perOperation,
		Title: "A JSON reply of 85 bytes",
		Text:  "The sign of success and the code at the end of a body, and what they mean, beside readers of JSON and a map.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify: the whole body is checked, and all that explains the decision is kept"},
			{Library: "encoding-json", Means: "json.Unmarshal, a map"},
			{Library: "go-json", Means: "Unmarshal of goccy/go-json, a map", Faster: "it keeps two members and looks a code up. errkb finds the places in the body in about half of its time; in the rest it weighs all forms, the prefixes, the status and the delays of the catalog, and fills in a decision with all that explains it"},
			{Library: "sonic", Means: "Unmarshal of bytedance/sonic, a map", Faster: "it keeps two members and looks a code up. errkb finds the places in the body in about half of its time; in the rest it weighs all forms, the prefixes, the status and the delays of the catalog, and fills in a decision with all that explains it"},
			{Library: "json-v2", Means: "Unmarshal of go-json-experiment/json, which is encoding/json/v2, a map", Faster: "it keeps two members and looks a code up. errkb finds the places in the body in about half of its time; in the rest it weighs all forms, the prefixes, the status and the delays of the catalog, and fills in a decision with all that explains it"},
			{Library: "fastjson", Means: "Parser.ParseBytes of one parser that is kept; a map", Faster: "it keeps two members and looks a code up. errkb finds the places in the body in about half of its time; in the rest it weighs all forms, the prefixes, the status and the delays of the catalog, and fills in a decision with all that explains it"},
			{Library: "jsonparser", Means: "GetBoolean and Get, which check little of the body; a map", Faster: "it keeps two members and looks a code up. errkb finds the places in the body in about half of its time; in the rest it weighs all forms, the prefixes, the status and the delays of the catalog, and fills in a decision with all that explains it"},
		},
	},
	{
		Name:  "JSONPage",
		Unit:  perOperation,
		Title: "A JSON reply of 2 KB",
		Text:  "The same, of a body with a list before the code.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify: the whole body is checked, and all that explains the decision is kept"},
			{Library: "encoding-json", Means: "json.Unmarshal, a map"},
			{Library: "go-json", Means: "Unmarshal of goccy/go-json, a map"},
			{Library: "sonic", Means: "Unmarshal of bytedance/sonic, a map", Faster: "it makes machine code for the struct when the program runs, with vector instructions; errkb is plain Go that is compiled once"},
			{Library: "json-v2", Means: "Unmarshal of go-json-experiment/json, which is encoding/json/v2, a map"},
			{Library: "fastjson", Means: "Parser.ParseBytes of one parser that is kept; a map"},
			{Library: "jsonparser", Means: "GetBoolean and Get, which check little of the body; a map"},
		},
	},
	{
		Name:  "JSONLong",
		Unit:  perOperation,
		Title: "A JSON reply of 60 KB",
		Text:  "The same, of a body about as long as what is looked at.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify: the whole body is checked, and all that explains the decision is kept"},
			{Library: "encoding-json", Means: "json.Unmarshal, a map"},
			{Library: "go-json", Means: "Unmarshal of goccy/go-json, a map"},
			{Library: "sonic", Means: "Unmarshal of bytedance/sonic, a map", Faster: "it makes machine code for the struct when the program runs, with vector instructions; errkb is plain Go that is compiled once"},
			{Library: "json-v2", Means: "Unmarshal of go-json-experiment/json, which is encoding/json/v2, a map"},
			{Library: "fastjson", Means: "Parser.ParseBytes of one parser that is kept; a map"},
			{Library: "jsonparser", Means: "GetBoolean and Get, which check little of the body; a map"},
		},
	},
	{
		Name:  "Text",
		Unit:  perOperation,
		Title: "A reply of plain text",
		Text:  "The body is the code alone, one of 21.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify"},
			{Library: "by-hand", Means: "strings.TrimSpace, a map", Faster: "it knows that the text is a code, and keeps nothing. errkb also asks the sign of success and the delays of the catalog, and fills in a decision that explains itself, which alone takes what the next table shows"},
		},
	},
	{
		Name:  "Status",
		Unit:  perOperation,
		Title: "A reply known by its status",
		Text:  "Status 503 without a body.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify"},
			{Library: "by-hand", Means: "a map", Faster: "it keeps nothing that explains the decision"},
		},
	},
	{
		Name:  "Header",
		Unit:  perOperation,
		Title: "A reply with the code in a header field",
		Text:  "The code, one of 21, and a Retry-After.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify: the delay is checked"},
			{Library: "by-hand", Means: "Header.Get for both, a map", Faster: "it asks the header twice, which is most of its time, but does not read the delay. errkb reads and checks it, and fills in a decision that explains itself"},
		},
	},
	{
		Name:  "XML",
		Unit:  perOperation,
		Title: "A reply in XML",
		Text:  "A body of 220 bytes with the code, one of 21, in an element.",
		Rows: []row{
			{Library: own, Means: "Catalog.Classify"},
			{Library: "by-hand", Means: "xml.Unmarshal, a map"},
		},
	},
	{
		Name:  "Lookup21",
		Unit:  perOperation,
		Title: "A code among 21",
		Text:  "Listed codes in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Lookup300",
		Unit:  perOperation,
		Title: "A code among 300",
		Text:  "Listed codes in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Lookup5000",
		Unit:  perOperation,
		Title: "A code among 5,000",
		Text:  "Listed codes in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Miss21",
		Unit:  perOperation,
		Title: "A text that is none of 21 codes",
		Text:  "Listed codes with a letter changed, in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Miss300",
		Unit:  perOperation,
		Title: "A text that is none of 300 codes",
		Text:  "Listed codes with a letter changed, in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "Miss5000",
		Unit:  perOperation,
		Title: "A text that is none of 5,000 codes",
		Text:  "Listed codes with a letter changed, in random order.",
		Rows: []row{
			{Library: own, Means: "Catalog.Lookup, in a table that is made when the program is built"},
			{Library: "map", Means: "a Go map, made when the program starts", Faster: "it is of numbers; errkb returns the entry, in which it has to look at the code"},
		},
	},
	{
		Name:  "RoundTrip",
		Unit:  perOperation,
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
		Unit:  perOperation,
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
		Unit:  perOperation,
		Title: "A request that is answered by a 503 first",
		Text:  "Through the client, without a wait before the second try.",
		Rows: []row{
			{Library: own, Means: "http.Client over classify.Transport"},
			{
				Library: "go-retryablehttp", Means: "retryablehttp.Client",
				Faster: "it follows no catalog",
			},
			{Library: "failsafe-go", Means: "http.Client over failsafehttp.NewRoundTripper"},
		},
	},
	{
		Name:  "BodySuccess",
		Unit:  perOperation,
		Title: "A request whose success only the body tells",
		Text:  "Status 200 with a JSON body, which has to be looked at before the reply counts as a success, and which the caller then reads. None of the libraries does that; by hand it is one read, one json.Unmarshal, and no second reader. The body lies in memory and says so by a method Len, as that of a cache can; one from the network does not, which is the row of the stream.",
		Rows: []row{
			{Library: own, Means: "classify.Transport, then io.ReadAll"},
			{Library: "errkb-stream", Means: "the same, of a body that may dribble: its start is read in a goroutine, so that it can't hold the decision up"},
			{
				Library: "by-hand", Means: "io.ReadAll, json.Unmarshal",
				Faster: "it waits for the body for as long as that takes, and nobody can read it a second time",
			},
		},
	},
	{
		Name:  "Start",
		Title: "The start of a program",
		Text:  "A program that imports a package of codes and net/http, from its start to its end: it looks for one text. Its file has the codes in it, with what each means.",
		Unit:  perStart,
		Rows: []row{
			{Library: bare, Means: "net/http alone"},
			{Library: own, Means: "10,000 codes"},
			{Library: "errkb-10", Means: "10 codes"},
			{Library: "errkb-pie", Means: "10,000 codes, built with -buildmode=pie"},
			{Library: "map", Means: "a Go map of 10,000 codes, which is made at the start"},
		},
	},
	{
		Name:  "Collect",
		Title: "A cycle of the garbage collector",
		Text:  "The same programs, each told to collect its garbage again and again.",
		Unit:  perCycle,
		Rows: []row{
			{Library: own, Means: "10,000 codes"},
			{Library: "errkb-10", Means: "10 codes"},
			{Library: "map", Means: "a Go map of 10,000 codes"},
		},
	},
	{
		Name:  "Generate1000",
		Title: "Generating 1,000 codes",
		Text:  "From the source to all files of the package. The others make a type's text, and its value from that; errkb also checks the spec, tries each code on a reply, and writes what is known of the code.",
		Unit:  perRun,
		Rows:  generators,
	},
	{
		Name:  "Generate10000",
		Title: "Generating 10,000 codes",
		Text:  "The same.",
		Unit:  perRun,
		Rows:  generators,
	},
	{
		Name:  "Compile1000",
		Title: "Compiling 1,000 codes",
		Text:  "go build of the package alone: what it imports is built already. The map and the switch hold what each code means, and nothing else.",
		Unit:  perRun,
		Rows:  sources,
	},
	{
		Name:  "Compile10000",
		Title: "Compiling 10,000 codes",
		Text:  "The same.",
		Unit:  perRun,
		Rows:  sources,
	},
}

var generators = []row{
	{Library: own, Means: "gen generate --go, from YAML"},
	{Library: "stringer", Means: "stringer, from constants: only the way from value to text", Faster: "it reads constants and writes one method"},
	{Library: "go-enum", Means: "go-enum, from a comment", Faster: "it reads a list of names, and writes only them"},
}

var sources = []row{
	{Library: own, Means: "a generated package"},
	{Library: "map", Means: "a Go map of structs", Faster: "it holds two texts and a number of each code; the package has a documented constant of each, and how replies are read"},
	{Library: "switch", Means: "a switch that returns the same", Faster: "it holds two texts and a number of each code; the package has a documented constant of each, and how replies are read"},
}

// libraries are the modules whose versions the page gives.
var libraries = []string{
	"github.com/avast/retry-go/v5",
	"github.com/aws/aws-sdk-go-v2",
	"github.com/buger/jsonparser",
	"github.com/bytedance/sonic",
	"github.com/cenkalti/backoff/v7",
	"github.com/failsafe-go/failsafe-go",
	"github.com/go-json-experiment/json",
	"github.com/goccy/go-json",
	"github.com/googleapis/gax-go/v2",
	"github.com/hashicorp/go-retryablehttp",
	"github.com/valyala/fastjson",
	"golang.org/x/tools/cmd/stringer",
	"github.com/abice/go-enum",
}
