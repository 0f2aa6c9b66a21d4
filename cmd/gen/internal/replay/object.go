package replay

import (
	"bytes"
	"encoding/base64"
	"slices"

	"github.com/errkb/errkb/classify"
)

// call is what a line tells of one request and its reply.
type call struct {
	api    *api
	reply  classify.Reply
	moment moment
	named  []byte // the API
	of     []byte // its operation
	method []byte
	url    []byte // of the request, as logged
	host   []byte // if that is logged on its own
	client []byte // who sent the request
	id     []byte // what it has in common with the same request, sent again
	sent   []byte // its body
	isSent bool   // the body was logged

	hostname, path []byte // of the address, without user, port, query and fragment
}

// object counts the reply of a JSON object.
func (r *Replay) object(line []byte, m moment) {
	s := &r.scan
	if !s.read(line, r.places) {
		r.unread(m, "not a JSON object")
		return
	}
	c := call{
		named: s.string(roleAPI), of: s.string(roleOperation), method: s.string(roleMethod), url: s.string(roleURL), host: s.string(roleHost),
		client: s.string(roleClient), id: s.raw(roleID), sent: s.raw(roleRequestBody),
	}
	c.isSent = c.sent != nil
	if when, ok := text(nil, s.raw(roleTime)); ok {
		if nanos := timeOf(when); nanos != 0 {
			m.nanos = nanos
		}
	}
	c.moment = m
	c.reply.Status = statusOf(s.raw(roleStatus))
	if failure := classify.Failure(s.string(roleFailure)); failure != "" && c.reply.Status == 0 && slices.Contains(classify.Failures(), failure) {
		c.reply.Err = failure
	}
	body := s.raw(roleBody)
	if status, at := s.at(roleStatus), s.at(roleBody); at.start < status.start && status.start < at.end && body[0] != '"' {
		body = nil // it is the reply itself, of which the body was not kept
	}
	switch {
	case body != nil:
		c.reply.Body = r.bodyOf(body)
	case c.reply.Status > 0:
		c.reply.Cut = true // nobody knows the body
	case c.reply.Err == nil:
		r.without(line, &c)
		return
	}
	c.reply.Header = r.header.read(s.at(roleHeaders), s)
	r.attribute(&c)
}

// bodyOf returns the text of a body that is a JSON string, or the document itself.
func (r *Replay) bodyOf(raw []byte) []byte {
	if raw[0] != '"' {
		return raw
	}
	body := unquoted(r.body[:0], raw)
	if r.scan.at(roleBody).escaped {
		r.body = body
	}
	if string(r.scan.string(roleEncoding)) == "base64" {
		if decoded, err := base64.StdEncoding.AppendDecode(nil, body); err == nil {
			return decoded
		}
	}
	return body
}

// unquoted returns the text of a JSON string: a part of it, or in room where it has escapes.
func unquoted(room, raw []byte) []byte {
	inner := raw[1 : len(raw)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return inner
	}
	return unescape(room, inner)
}

// string returns the text of a field that is a string, and nil for none.
func (s *scanner) string(r role) []byte {
	if raw := s.raw(r); len(raw) > 0 && raw[0] == '"' {
		return unquoted(nil, raw)
	}
	return nil
}

// attribute finds out which API a reply is of, and counts it.
func (r *Replay) attribute(c *call) {
	c.hostname, c.path = addressOf(c)
	own, known := r.apiOf(c)
	switch {
	case own != nil:
		c.api = own
		r.decide(c)
	case known:
		r.sums.others++
	default:
		r.unread(c.moment, "it does not show which API it is of; --api says so")
	}
}

// apiOf returns the API of a reply: the one that the line names, the one asked about, the
// one whose host or path was called, the only one, or the one that knows the body. It
// reports whether a reply of none is known to be another's.
func (r *Replay) apiOf(c *call) (own *api, known bool) {
	if own := r.byName[string(c.named)]; own != nil {
		return own, true
	}
	if r.asked != nil {
		return r.asked, true
	}
	if own, known := r.called(c.method, c.hostname, c.path); known {
		return own, true
	}
	if len(r.apis) == 1 {
		return r.apis[0], true
	}
	if len(c.reply.Body) == 0 {
		return nil, false
	}
	for _, own := range r.apis {
		if own.knows(c.reply) {
			return own, true
		}
	}
	return nil, false
}

// called returns the API whose host or path was called. It reports whether that is known:
// a host that no API has, where all have some, is another's.
func (r *Replay) called(method, host, path []byte) (own *api, known bool) {
	known = len(host) > 0
	var byPath *api
	for _, a := range r.apis {
		if slices.ContainsFunc(a.hosts, func(own string) bool { return isHost(host, own) }) {
			return a, true
		}
		if len(a.hosts) == 0 {
			known = false
		}
		if len(path) > 1 && a.operation(method, path) != "" && byPath == nil {
			byPath = a
		}
	}
	if byPath != nil && !known {
		return byPath, true
	}
	return nil, known
}

// knows reports whether the reply is surely the API's: it holds what that lists.
func (a *api) knows(reply classify.Reply) bool {
	d := a.table.Classify(reply)
	switch d.Source {
	case classify.KindCode, classify.KindPrefix:
		return true
	case classify.KindSuccess:
		return d.Reading.Success && !d.Reading.Weak
	}
	return d.Reading.Denied || d.Reading.Failed
}

// without counts a line that has neither a status nor a body: the object that a container's log
// wraps in a text, or a body and nothing else, if an API knows its code.
func (r *Replay) without(line []byte, c *call) {
	if inner := bytes.TrimSpace(r.scan.string(roleText)); len(inner) > 0 && inner[0] == '{' {
		if r.scan.read(inner, r.places) && r.scan.found[roleText] == 0 {
			r.object(inner, c.moment)
			return
		}
	}
	if !r.bare(line, c) {
		r.sums.others++
	}
}

// bare counts a text that is a body, if an API knows its code.
func (r *Replay) bare(body []byte, c *call) bool {
	c.reply.Body = body
	for _, own := range r.apis {
		if (r.asked == nil || own == r.asked) && own.knows(c.reply) && own.table.Classify(c.reply).Source != classify.KindUnrecognised {
			c.api = own
			r.decide(c)
			return true
		}
	}
	return false
}
