package lookuptest

// EventSpec holds an API that answers with a stream of events.
const EventSpec = `format: 1
categories: {busy: {action: retry, who: client}, bad: {action: fail, who: developer}}
policies: {backoff: {base: 1s, retries: 4}}
apis:
  stream:
    title: Stream
    reply:
      - json: {in: sse, code: [/error/type], message: [/error/message]}
      - json: {ok: {absent: /error}, code: [/error/type], message: [/error/message]}
    statuses:
      5xx: {category: busy, retry: backoff, meaning: Server error, fix: Wait}
    codes:
      overloaded_error: {status: [529, 200], category: busy, retry: backoff, meaning: Overloaded, fix: Wait}
    unknown: {category: bad, fix: Log it}
    unrecognised: {category: bad, fix: Log it}
`

// EventAnswers are of EventSpec: an event starts like a message without a status line.
var EventAnswers = []Answer{
	{"event: error\ndata: {\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n", []string{"exact stream code overloaded_error"}},
	{"id: 7\nevent: error\ndata: {\"error\":{\"type\":\"overloaded_error\"}}\n\nevent: end\n", []string{"exact stream code overloaded_error"}},
	{"HTTP/1.1 529 Overloaded\nData: 7\n\n{\"error\":{\"type\":\"overloaded_error\"}}", []string{"exact stream code overloaded_error"}},
}
