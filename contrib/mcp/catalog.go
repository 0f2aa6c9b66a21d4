package errkbmcp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// document is what gen list -o json prints. What is not used here stays as it was printed.
type document struct {
	members map[string]json.RawMessage
	apis    []api
}

// api is an API of a document, with its entries in the order of the command's table.
type api struct {
	members   map[string]json.RawMessage
	name      string
	entries   []entry
	overrides int
}

// entry is an entry of a document.
type entry struct {
	head
	member   string // which one of the API's holds it
	variants int
	raw      json.RawMessage
}

// head is what lists show of an entry.
type head struct {
	API      string `json:"api"`
	Kind     string `json:"kind"`
	Code     string `json:"code"`
	Status   []int  `json:"status"`
	Category string `json:"category"`
	Action   string `json:"action"`
	Meaning  string `json:"meaning"`
}

// entryMembers are the members of an API that hold its entries, in the order of the
// command's table.
var entryMembers = []string{"statuses", "codes", "transport", "unknown", "unrecognised"}

// catalog asks the command for the catalog, or for the part of an API.
func (c *command) catalog(ctx context.Context, name string) (*document, error) {
	printed, err := c.run(ctx, "", "list", apiFlag(name, asJSON)...)
	if err != nil {
		return nil, err
	}
	d := &document{}
	if err := d.read(printed.out); err != nil {
		return nil, fmt.Errorf("read what gen list printed: %w", err)
	}
	return d, nil
}

func (d *document) read(printed []byte) error {
	var apis []map[string]json.RawMessage
	if err := json.Unmarshal(printed, &d.members); err != nil {
		return err
	}
	if err := json.Unmarshal(d.members["apis"], &apis); err != nil {
		return err
	}
	for _, members := range apis {
		a := api{members: members}
		var overrides []json.RawMessage
		if raw := members["overrides"]; raw != nil {
			if err := json.Unmarshal(raw, &overrides); err != nil {
				return err
			}
		}
		a.overrides = len(overrides)
		if err := json.Unmarshal(members["name"], &a.name); err != nil {
			return err
		}
		for _, member := range entryMembers {
			if err := a.read(member); err != nil {
				return err
			}
		}
		d.apis = append(d.apis, a)
	}
	return nil
}

// read reads the entries of a member: a list of them, one, or null.
func (a *api) read(member string) error {
	raw := a.members[member]
	var all []json.RawMessage
	switch {
	case len(raw) == 0:
		return errors.New("no member " + member)
	case raw[0] == '[':
		if err := json.Unmarshal(raw, &all); err != nil {
			return err
		}
	case raw[0] == '{':
		all = []json.RawMessage{raw}
	}
	for _, raw := range all {
		e := entry{member: member, raw: raw}
		var more struct {
			Variants []json.RawMessage `json:"variants"`
		}
		if err := errors.Join(json.Unmarshal(raw, &e.head), json.Unmarshal(raw, &more)); err != nil {
			return err
		}
		e.variants = len(more.Variants)
		a.entries = append(a.entries, e)
	}
	return nil
}

// entries returns those of all APIs.
func (d *document) entries() []entry {
	var all []entry
	for _, a := range d.apis {
		all = append(all, a.entries...)
	}
	return all
}

// page is a part of the entries of a document.
type page struct {
	Offset int  `json:"offset" jsonschema:"how many entries come before it"`
	Count  int  `json:"count" jsonschema:"how many entries it has"`
	Total  int  `json:"total" jsonschema:"how many entries there are"`
	Next   *int `json:"next" jsonschema:"the offset of the next page; null for the last"`
}

// cut returns the page that begins at an offset.
func (d *document) cut(offset, limit int) page {
	total := len(d.entries())
	p := page{Offset: min(offset, total), Total: total}
	p.Count = min(limit, total-p.Offset)
	if end := p.Offset + p.Count; end < total {
		p.Next = &end
	}
	return p
}

// briefMembers are those of an API that lists show.
var briefMembers = slices.Concat([]string{"name", "title", "operations"}, entryMembers)

// printed returns a document with the entries of a page alone, each one whole or its head,
// and with what else the document says of its APIs or without it.
func (d *document) printed(p page, whole bool) json.RawMessage {
	members := maps.Clone(d.members)
	apis := make([]map[string]any, len(d.apis))
	n := 0
	for i, a := range d.apis {
		shown := make(map[string]any)
		for name, raw := range a.members {
			if whole || slices.Contains(briefMembers, name) {
				shown[name] = raw
			}
		}
		lists := map[string][]any{}
		for _, e := range a.entries {
			if n >= p.Offset && n < p.Offset+p.Count {
				var value any = e.raw
				if !whole {
					value = e.head
				}
				lists[e.member] = append(lists[e.member], value)
			}
			n++
		}
		for _, member := range entryMembers {
			switch isList := a.members[member][0] == '['; {
			case isList:
				shown[member] = append([]any{}, lists[member]...)
			case len(lists[member]) > 0:
				shown[member] = lists[member][0]
			default:
				shown[member] = nil
			}
		}
		apis[i] = shown
	}
	members["apis"], members["page"] = encoded(apis), encoded(p)
	return encoded(members)
}

// lines returns the lines of the command's table that are of a page, with the title of
// each API. The table must be of the same catalog.
func (d *document) lines(table []byte, p page) ([]byte, error) {
	var out bytes.Buffer
	rest := slices.Collect(bytes.Lines(table))
	take := func(count int, shown bool) bool {
		if count > len(rest) {
			return false
		}
		if shown {
			out.Write(bytes.Join(rest[:count], nil))
		}
		rest = rest[count:]
		return true
	}
	n, ok := 0, true
	for i, a := range d.apis {
		ok = ok && take(min(i, 1), true) && take(1, true) // an empty line between two
		shown := len(a.entries) == 0
		for _, e := range a.entries {
			shown = n >= p.Offset && n < p.Offset+p.Count
			ok = ok && take(1+e.variants, shown)
			n++
		}
		if a.overrides > 0 {
			ok = ok && take(1+a.overrides, shown)
		}
	}
	if !ok || len(rest) > 0 {
		return nil, errors.New("the catalog has just changed; ask again")
	}
	return out.Bytes(), nil
}

// encoded returns a value as JSON. All that it is called with is JSON already, or plain.
func encoded(value any) json.RawMessage {
	out, err := json.Marshal(value)
	if err != nil {
		panic("internal error: encode: " + err.Error())
	}
	return out
}
