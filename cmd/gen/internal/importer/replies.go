package importer

import (
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// Captured replies are lines of JSON: an object each with a status, a body and more, under the
// names that loggers use, or else the body itself. A HAR file is one document of them.

func isHAR(f File) bool { return isHARText().Match(f.Content) }

var isHARText = pattern.Of(`^\s*\{\s*"log"\s*:\s*\{[\s\S]*"entries"\s*:\s*\[`)

func isReplies(f File) bool {
	if !startsLikeJSON(f.Content) {
		return false
	}
	n, err := newJSON(f).next()
	if err != nil {
		return false
	}
	if n.Kind == syntax.Sequence && len(n.Items) > 0 {
		n = n.Items[0]
	}
	return n.Kind == syntax.Mapping && len(n.Pairs) > 0
}

func readHAR(files []File) (*draft, error) {
	var samples []*sample
	for _, f := range files {
		root, err := document(f)
		if err != nil {
			return nil, err
		}
		entries := at(root, "log", "entries")
		if entries == nil || len(entries.Items) == 0 {
			return nil, faultf(root.Place, "a HAR file without entries under /log/entries")
		}
		for _, n := range entries.Items {
			samples = append(samples, harSample(n))
		}
	}
	return draftOfSamples(samples), nil
}

func harSample(n *syntax.Node) *sample {
	s := &sample{status: statusNumber(text(n, "response", "status")), method: text(n, "request", "method"), path: pathOf(text(n, "request", "url"))}
	s.setBody(decoded(text(n, "response", "content", "text"), text(n, "response", "content", "encoding")))
	s.setHeaders(at(n, "response", "headers"))
	return s
}

func decoded(body, encoding string) string {
	if encoding == "base64" {
		if plain, err := base64.StdEncoding.DecodeString(body); err == nil {
			return string(plain)
		}
	}
	return body
}

// The names under which lines have what there is to know of a reply.
var (
	statusFields    = []string{"status", "status_code", "statusCode", "http_status", "httpStatus", "response_status", "response_code", "/response/status", "/response/status_code", "/response/statusCode", "/res/statusCode"}
	bodyFields      = []string{"body", "response_body", "responseBody", "resp_body", "/response/body", "/response/content/text", "/response/data", "/res/body", "response", "data"}
	headerFields    = []string{"headers", "response_headers", "responseHeaders", "/response/headers", "/res/headers"}
	methodFields    = []string{"method", "http_method", "request_method", "/request/method", "/req/method"}
	pathFields      = []string{"path", "url", "uri", "request_uri", "/request/url", "/request/path", "/req/url"}
	operationFields = []string{"operation", "op"}
)

// field returns the first of some fields that is there.
func field(n *syntax.Node, names []string) *syntax.Node {
	for _, name := range names {
		if found := at(n, strings.Split(strings.TrimPrefix(name, "/"), "/")...); found != nil && found.Type != syntax.Null {
			return found
		}
	}
	return nil
}

func fieldText(n *syntax.Node, names []string) string { return text(field(n, names)) }

func readReplies(files []File) (*draft, error) {
	var samples []*sample
	for _, f := range files {
		j := newJSON(f)
		for {
			n, err := j.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, err
			}
			items := []*syntax.Node{n}
			if n.Kind == syntax.Sequence {
				items = n.Items
			}
			for _, item := range items {
				if item.Kind != syntax.Mapping {
					return nil, faultf(item.Place, "%s, and not a reply: an object with status and body, or the body", item.Kind)
				}
				samples = append(samples, lineSample(item))
			}
		}
	}
	if len(samples) == 0 {
		return nil, faultf(newJSON(files[0]).place(), "there is no reply in it")
	}
	return draftOfSamples(samples), nil
}

// lineSample returns the reply of a line.
func lineSample(n *syntax.Node) *sample {
	status, body := statusNumber(fieldText(n, statusFields)), field(n, bodyFields)
	if status < 100 || status > 599 || body == nil && field(n, methodFields) == nil && field(n, headerFields) == nil {
		return &sample{body: n} // the line is the body
	}
	s := &sample{status: status, operation: clean(fieldText(n, operationFields), maxTitle), method: strings.ToUpper(fieldText(n, methodFields)), path: pathOf(fieldText(n, pathFields))}
	switch {
	case body == nil:
	case body.Kind == syntax.Scalar:
		s.setBody(body.Text)
	default:
		s.body = body
	}
	s.setHeaders(field(n, headerFields))
	return s
}

// setBody takes a body as text: JSON, XML or anything else.
func (s *sample) setBody(body string) {
	f := File{Content: []byte(body)}
	if startsLikeJSON(f.Content) {
		if n, err := newJSON(f).next(); err == nil {
			s.body = n
			return
		}
	}
	s.text = strings.TrimSpace(strings.TrimPrefix(body, "\ufeff"))
	if strings.HasPrefix(s.text, "<") && !isHTML().MatchString(s.text) {
		s.body, s.isXML = xmlTree(s.text), true
	}
}

var isHTML = pattern.Of(`(?i)^<(?:!doctype|html|head|body|center|h1)`)

// xmlTree returns the elements of a document as a tree, or nil if it is not XML. Attributes
// count, as keys that start with @, where an element has no text.
func xmlTree(body string) *syntax.Node {
	d := xml.NewDecoder(strings.NewReader(body))
	open := []*syntax.Node{{Kind: syntax.Mapping}}
	attributes := [][]syntax.Pair{nil} // of what is open
	for {
		token, err := d.Token()
		if err != nil {
			if err == io.EOF && len(open) == 1 {
				return open[0]
			}
			return nil
		}
		last := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &syntax.Node{}
			last.Kind = syntax.Mapping
			last.Pairs = append(last.Pairs, syntax.Pair{Key: &syntax.Node{Text: token.Name.Local}, Value: n})
			if open = append(open, n); len(open) > maxDepth {
				return nil
			}
			attributes = append(attributes, attributesOf(token))
		case xml.CharData:
			last.Text += strings.TrimSpace(string(token))
		case xml.EndElement:
			if own := attributes[len(open)-1]; len(own) > 0 && last.Text == "" {
				last.Kind, last.Pairs = syntax.Mapping, append(own, last.Pairs...)
			}
			open, attributes = open[:len(open)-1], attributes[:len(open)-1]
		}
	}
}

// attributesOf returns the attributes of an element but for those of namespaces and of XML.
func attributesOf(e xml.StartElement) (all []syntax.Pair) {
	for _, a := range e.Attr {
		if a.Name.Space == "" && a.Name.Local != "xmlns" {
			all = append(all, syntax.Pair{Key: &syntax.Node{Text: "@" + a.Name.Local}, Value: &syntax.Node{Text: strings.TrimSpace(a.Value)}})
		}
	}
	return all
}

// setHeaders takes headers as an object, or as a list of names and values.
func (s *sample) setHeaders(n *syntax.Node) {
	if n == nil {
		return
	}
	for _, pair := range n.Pairs {
		value := pair.Value
		if len(value.Items) > 0 {
			value = value.Items[0]
		}
		s.headers = append(s.headers, note{pair.Key.Text, text(value)})
	}
	for _, item := range n.Items {
		s.headers = append(s.headers, note{text(item, "name"), text(item, "value")})
	}
}

var idSegment = pattern.Of(`^(?:\d+|[0-9a-fA-F-]{16,}|[A-Za-z]+_[A-Za-z0-9]{8,}|[A-Za-z0-9_-]*\d[A-Za-z0-9_-]{11,})$`)

// pathOf returns the path of an address, with ids replaced.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Path, "/") || len(u.Path) > maxPath {
		return ""
	}
	steps := strings.Split(u.Path, "/")
	for i, step := range steps {
		if idSegment().MatchString(step) {
			steps[i] = "{id}"
		}
	}
	return clean(strings.Join(steps, "/"), maxPath)
}
