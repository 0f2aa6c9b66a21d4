package classify

import (
	"cmp"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// operation returns the operation that a request is of: the one that its context
// names, the one of the options, or the one with its method and path.
func (t *Transport) operation(a *asked, req *http.Request) Operation {
	if a != nil && a.named {
		return a.operation
	}
	if t.Operation != "" || t.Catalog == nil || req.URL == nil {
		return t.Operation
	}
	if !slices.ContainsFunc(t.Catalog.Endpoints, func(e Endpoint) bool { return e.Path != "" }) {
		return ""
	}
	return t.Catalog.OperationOf(method(req), req.URL.EscapedPath())
}

func method(req *http.Request) string { return cmp.Or(req.Method, http.MethodGet) }

// OperationOf returns the operation with an HTTP method and an escaped URL path. A
// segment such as {id} in the catalog's path matches any segment. If several
// operations match, the one with the fewest such segments counts; if more than one
// is left, none counts, because they may differ in what can be repeated. The result
// is empty if no operation matches.
func (c *Catalog) OperationOf(method, path string) (found Operation) {
	fewest := math.MaxInt
	for i := range c.Endpoints {
		e := &c.Endpoints[i]
		if e.Path == "" || e.Method != "" && e.Method != method {
			continue
		}
		switch blanks, ok := fill(e.Path, path); {
		case ok && blanks < fewest:
			found, fewest = e.Operation, blanks
		case ok && blanks == fewest:
			found = ""
		}
	}
	return found
}

// fill compares a path with that of an endpoint, in which a segment such as {id}
// is a blank for any other, and returns the number of blanks. A slash at the end
// does not count.
func fill(pattern, path string) (blanks int, ok bool) {
	pattern, path = strings.Trim(pattern, "/"), strings.Trim(path, "/")
	for more := true; more; {
		var wanted, got string
		var longer bool
		wanted, pattern, more = strings.Cut(pattern, "/")
		got, path, longer = strings.Cut(path, "/")
		if more != longer {
			return 0, false
		}
		switch {
		case isBlank(wanted) && got != "":
			blanks++
		case wanted != got && !isEscaped(got, wanted):
			return 0, false
		}
	}
	return blanks, true
}

func isBlank(segment string) bool {
	return strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
}

func isEscaped(segment, plain string) bool {
	unescaped, err := url.PathUnescape(segment)
	return err == nil && unescaped == plain
}
