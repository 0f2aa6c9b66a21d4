package lookuptest

// UntoldSpec holds an API with entries for hardly any status.
const UntoldSpec = `format: 1
categories: {bad: {action: fail, who: developer}, net: {action: retry, who: client}}
policies: {backoff: {base: 1s, retries: 4}}
apis:
  few:
    title: Few
    reply: [{json: {code: [/code]}}]
    statuses:
      429: {category: net, retry: backoff, meaning: Too fast, fix: Wait}
    transport:
      connection: {category: net, retry: backoff, meaning: No connection, fix: Wait}
    codes:
      LOST_ONE: {message: Not Found, category: bad, fix: Look}
    unknown: {category: bad, fix: Log it}
`

// UntoldAnswers are of UntoldSpec: what statuses without an entry change.
var UntoldAnswers = []Answer{
	{"a call has the status 404, then 500", nil},
	{"a call has the status 429, then 500", []string{"likely few status 429"}},
	{"it said: \"Not Found\"", []string{"likely few code LOST_ONE"}},
	{"we saw status 404 there, and \"Not Found\"", []string{"guess few code LOST_ONE"}},
	{"status 404 from x: connection refused", []string{"likely few transport connection"}},
	{"status 407 from x: connection refused", nil},
	{"status 407 from x\nconnection refused", []string{"likely few transport connection"}},
	{"is that it\n-----Original Message-----\n429 errors, status 429", []string{"likely few status 429"}},
	{"says OK|1 and OK|2, we get 429s", []string{"guess few status 429"}},
}
