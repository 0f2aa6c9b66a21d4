package errkbmcp

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const (
	scheme   = "errkb://"
	template = scheme + "{api}/{kind}/{code}"
	jsonType = "application/json"
)

// resourcesAPage is how many resources a page of their list has.
const resourcesAPage = 200

// uri is the address of an entry.
func (e entry) uri() string {
	return scheme + escaped(e.API) + "/" + escaped(e.Kind) + "/" + escaped(e.Code)
}

// escaped escapes all but the unreserved characters of RFC 3986, as a template does.
func escaped(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// parts returns the API, the kind and the code of an address.
func parts(uri string) (api, kind, code string, ok bool) {
	rest, isOurs := strings.CutPrefix(uri, scheme)
	texts := strings.Split(rest, "/")
	if !isOurs || len(texts) != 3 {
		return "", "", "", false
	}
	for i, text := range texts {
		plain, err := url.PathUnescape(text)
		if err != nil || plain == "" {
			return "", "", "", false
		}
		texts[i] = plain
	}
	return texts[0], texts[1], texts[2], true
}

// listResources answers resources/list with the entries that the catalog has at that time.
// The server's own list is of what was added to it.
func (s *Server) listResources(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		if method != "resources/list" {
			return next(ctx, method, req)
		}
		after := ""
		if params, ok := req.GetParams().(*mcp.ListResourcesParams); ok && params != nil {
			after = params.Cursor
		}
		d, err := s.gen.catalog(ctx, "")
		if err != nil {
			return nil, err
		}
		all := d.entries()
		if after != "" {
			at := slices.IndexFunc(all, func(e entry) bool { return e.uri() == after })
			if at < 0 {
				return nil, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: "the catalog has changed since; list the resources from the start"}
			}
			all = all[at+1:]
		}
		result := &mcp.ListResourcesResult{Resources: []*mcp.Resource{}}
		unshared(ctx, req, &result.Cacheable)
		for i, e := range all {
			if i == resourcesAPage {
				result.NextCursor = all[i-1].uri()
				break
			}
			result.Resources = append(result.Resources, &mcp.Resource{
				URI:         e.uri(),
				Name:        e.API + " " + e.Code,
				Title:       e.Meaning,
				Description: fmt.Sprintf("%s of %s: action %s, category %s", strings.ReplaceAll(e.Kind, "_", " "), e.API, e.Action, e.Category),
				MIMEType:    jsonType,
			})
		}
		return result, nil
	}
}

// unshared says that no answer may be kept: the spec may change at any time, and is for its
// user alone.
func unshared(_ context.Context, _ mcp.Request, c *mcp.Cacheable) {
	*c = mcp.Cacheable{TTLMs: 0, CacheScope: "private"}
}

func (s *Server) readResource(ctx context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
	uri := req.Params.URI
	name, kind, code, ok := parts(uri)
	if !ok {
		return nil, mcp.ResourceNotFoundError(uri)
	}
	d, err := s.gen.catalog(ctx, "")
	if err != nil {
		return nil, err
	}
	e, err := d.find(name, kind, code)
	if err != nil || e.uri() != uri {
		return nil, mcp.ResourceNotFoundError(uri)
	}
	return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: uri, MIMEType: jsonType, Text: string(e.text())}}}, nil
}

// maxCompletions is how many values a client takes.
const maxCompletions = 100

// complete completes the parts of an address, from what is known of those before it.
func (s *Server) complete(ctx context.Context, req *mcp.CompleteRequest) (*mcp.CompleteResult, error) {
	if ref := req.Params.Ref; ref.Type != "ref/resource" || ref.URI != template {
		return nil, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: "only the parts of " + template + " are completed"}
	}
	known := map[string]string{}
	if req.Params.Context != nil {
		known = req.Params.Context.Arguments
	}
	part := func(e entry) string {
		return map[string]string{"api": e.API, "kind": e.Kind, "code": e.Code}[req.Params.Argument.Name]
	}
	d, err := s.gen.catalog(ctx, "")
	if err != nil {
		return nil, err
	}
	values := []string{}
	seen := map[string]bool{"": true}
	for _, e := range d.entries() {
		value := part(e)
		fits := strings.HasPrefix(strings.ToLower(value), strings.ToLower(req.Params.Argument.Value))
		isKnown := func(name, value string) bool { return known[name] == "" || known[name] == value }
		if fits && !seen[value] && isKnown("api", e.API) && isKnown("kind", e.Kind) {
			seen[value] = true
			values = append(values, value)
		}
	}
	total := len(values)
	values = values[:min(total, maxCompletions)]
	return &mcp.CompleteResult{Completion: mcp.CompletionResultDetails{Values: values, Total: total, HasMore: total > len(values)}}, nil
}

// find returns an entry, of the one kind that has the code if none is named.
func (d *document) find(name, kind, code string) (entry, error) {
	var found []entry
	for _, e := range d.entries() {
		if e.API == name && e.Code == code && (kind == "" || e.Kind == kind) {
			found = append(found, e)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return entry{}, errors.New("the catalog has no such entry; ask explain what the text may be, or list what there is")
	}
	var kinds []string
	for _, e := range found {
		kinds = append(kinds, e.Kind)
	}
	return entry{}, fmt.Errorf("%s has several entries of that name; say which kind: %s", name, strings.Join(kinds, ", "))
}
