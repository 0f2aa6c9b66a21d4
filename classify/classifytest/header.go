package classifytest

import "net/http"

// merge returns a header with the fields of both; the second's count.
func merge(h, more http.Header) http.Header {
	h = h.Clone()
	if h == nil {
		h = make(http.Header)
	}
	for name, values := range more {
		h[name] = values
	}
	return h
}

func contentType(kind string) http.Header { return http.Header{"Content-Type": {kind}} }

// typeOf guesses what a body is.
func typeOf(body string) string {
	switch {
	case body == "":
		return "text/plain; charset=utf-8"
	case body[0] == '{' || body[0] == '[':
		return "application/json"
	case body[0] == '<':
		return "application/xml"
	}
	return "text/plain; charset=utf-8"
}
