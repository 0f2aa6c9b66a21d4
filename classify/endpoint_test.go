package classify

import (
	"slices"
	"testing"
)

// The path with the fewest blanks counts, wherever it stands among the others, and what only
// looks like a blank is none.
func TestOperationOf(t *testing.T) {
	endpoints := []Endpoint{
		{Operation: "exact", Path: "/tasks/new"},
		{Operation: "one", Path: "/tasks/{id}"},
		{Operation: "two", Path: "/{all}/{id}"},
		{Operation: "opens", Path: "/a/{x"},
		{Operation: "closes", Path: "/a/x}"},
		{Operation: "percent", Path: "/100%"},
		{Operation: "root", Path: "/"},
	}
	tests := map[string]Operation{
		"/tasks/new": "exact", "/tasks/7": "one", "/jobs/7": "two", "/a/b": "two", "/a/{x": "opens", "/a/x}": "closes", "/100%": "percent",
		"/": "root", "": "root", "/%zz": "", "/a": "",
	}
	for range 2 {
		c := &Catalog{Endpoints: endpoints}
		for path, want := range tests {
			if got := c.OperationOf("GET", path); got != want {
				t.Errorf("%s is %q, want %q", path, got, want)
			}
		}
		slices.Reverse(endpoints)
	}
}

// Where no operation has a path, a request is of none, and what a context changes of the
// options names none.
func TestOperationOfARequestWithoutPaths(t *testing.T) {
	req := newRequest(t, "GET", shop+"/tasks", "")
	c := &Catalog{Endpoints: []Endpoint{{Operation: "show", Method: "GET"}}}
	if got := (&Transport{Options: Options{Catalog: c}}).operation(nil, req); got != "" {
		t.Errorf("of no path: %q", got)
	}
	c.Endpoints[0].Path = "/tasks"
	asked := askedOf(WithOptions(t.Context(), func(o *Options) { o.MaxRetries = 1 }))
	if got := (&Transport{Options: Options{Catalog: c}}).operation(asked, req); got != "show" {
		t.Errorf("with other options: %q", got)
	}
}
