package replay

import (
	"fmt"
	"slices"
	"strings"
)

// role is what a field of a line tells about a reply.
type role uint8

// The roles.
const (
	roleAPI role = iota
	roleOperation
	roleStatus
	roleBody
	roleEncoding // of the body
	roleHeaders
	roleTime
	roleID
	roleMethod
	roleURL
	roleHost
	roleRequestBody
	roleClient
	roleFailure
	roleText // which may be an object that is wrapped
	roles
)

// Fields are the names of the fields of JSON lines, by what they tell. A name that starts
// with a slash is a JSON Pointer. Where a line has several of a list, the first counts that
// holds something usable. An empty list has the names that common loggers use.
type Fields struct {
	API         []string // the name of the API
	Operation   []string // the name of the operation
	Status      []string // the HTTP status
	Body        []string // the reply's body: a text, or the document itself
	Headers     []string // the reply's header: an object, or a list of names and values
	Time        []string // when the reply came
	ID          []string // what a request has in common with the same request, sent again
	Method      []string // of the request
	URL         []string // of the request
	RequestBody []string // of the request
}

// usual are the names that common loggers use: HTTP archives, recorded calls of test tools,
// slog, zap, zerolog, pino, bunyan and winston with their HTTP middleware, ECS, OpenTelemetry,
// nginx, Caddy, Envoy and Traefik.
var usual = [roles][]string{
	roleAPI:       {"api", "provider", "vendor", "upstream_api"},
	roleOperation: {"operation", "op", "endpoint_name"},
	roleStatus: {"status", "status_code", "statusCode", "http_status", "httpStatus", "response_status", "responseStatus", "response_code",
		"http.response.status_code", "http.status_code", "/response/status", "/response/status_code", "/response/statusCode", "/response/status/code", "/res/statusCode", "/res/status",
		"/http/response/status_code", "/http/status_code", "/httpRequest/status", "OriginStatus", "DownstreamStatus", "upstream_status"},
	roleBody: {"body", "response_body", "responseBody", "resp_body", "/response/body/string", "/response/body", "/response/content/text", "/response/data", "/res/body",
		"/http/response/body/content", "http.response.body.content", "responseText", "response_text", "response", "data"},
	roleEncoding: {"/response/content/encoding", "body_encoding"},
	roleHeaders:  {"headers", "response_headers", "responseHeaders", "resp_headers", "/response/headers", "/res/headers", "/http/response/headers", "http.response.headers"},
	roleTime:     {"time", "timestamp", "@timestamp", "ts", "startedDateTime", "datetime", "date", "start_time", "time_iso8601", "time_local", "StartUTC", "t"},
	roleID:       {"idempotency_key", "idempotencyKey", "Idempotency-Key", "job_id"},
	roleMethod: {"method", "http_method", "request_method", "http.request.method", "http.method", "/request/method", "/req/method", "/http/request/method", "/httpRequest/requestMethod", "/config/method",
		"httpMethod", "RequestMethod"},
	roleURL: {"url", "uri", "http.url", "url.full", "/url/full", "/url/original", "/request/url", "/request/uri", "/req/url", "/httpRequest/requestUrl", "/config/url", "request_uri", "url.path",
		"/url/path", "http.target", "path", "RequestPath"},
	roleHost:        {"host", "http_host", "server.address", "/request/host", "/url/domain", "authority", "RequestHost"},
	roleRequestBody: {"request_body", "requestBody", "req_body", "/request/body/string", "/request/body", "/request/postData/text", "/req/body", "/http/request/body/content", "/config/data"},
	roleClient:      {"remote_addr", "remote_ip", "client_ip", "/request/remote_ip", "ClientHost"},
	roleFailure:     {"transport", "failure"},
	roleText:        {"log", "message", "msg", "MESSAGE", "textPayload"},
}

// places returns where the fields are looked for.
func (f Fields) places() (*node, error) {
	names := usual
	for r, given := range map[role][]string{
		roleAPI: f.API, roleOperation: f.Operation, roleStatus: f.Status, roleBody: f.Body, roleHeaders: f.Headers,
		roleTime: f.Time, roleID: f.ID, roleMethod: f.Method, roleURL: f.URL, roleRequestBody: f.RequestBody,
	} {
		if len(given) > 0 {
			names[r] = given
		}
	}
	root := &node{}
	for r, list := range names {
		if len(list) > maxPlaces {
			return nil, fmt.Errorf("%d names for one field; there can be %d", len(list), maxPlaces)
		}
		for i, name := range list {
			tokens, err := tokensOf(name)
			if err != nil {
				return nil, err
			}
			root.add(tokens, placed{role(r), uint8(i)})
		}
	}
	return root, nil
}

// tokensOf returns the way to a field.
func tokensOf(name string) ([]string, error) {
	switch {
	case name == "" || name[0] == '/' && slices.Contains(strings.Split(name[1:], "/"), ""):
		return nil, fmt.Errorf("bad field %q; a field is a name or a JSON Pointer such as /response/status", name)
	case name[0] != '/':
		return []string{name}, nil
	}
	tokens := strings.Split(name[1:], "/")
	for i, token := range tokens {
		tokens[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
	}
	return tokens, nil
}

// takes reports whether a value can be that of a field: null is none, a status is a number
// from 100 to 599, a header has several fields, and most others are a text or a number.
func (r role) takes(value []byte) bool {
	c := value[0]
	switch r {
	case roleStatus:
		return statusOf(value) > 0
	case roleBody, roleRequestBody:
		return c == '"' || c == '{' || c == '['
	case roleHeaders:
		return c == '{' || c == '['
	case roleTime, roleID:
		return c == '"' || c == '-' || isDigit(c)
	}
	return c == '"'
}

// statusOf returns the status that a JSON number or string is, and 0 for anything else.
func statusOf(value []byte) int {
	if n := len(value); n == 5 && value[0] == '"' {
		value = value[1:4]
	}
	if len(value) == 3 && '1' <= value[0] && value[0] <= '5' && isDigit(value[1]) && isDigit(value[2]) {
		return int(value[0]-'0')*100 + int(value[1]-'0')*10 + int(value[2]-'0')
	}
	return 0
}
