package classify

import (
	"bytes"
	"net/http"
	"slices"
)

// unwrap returns the JSON document in a body that wraps it, and nil for none.
func (d *document) unwrap(f *Form, body []byte) []byte {
	switch f.In {
	case InSSE:
		return firstEvent(body)
	case InNDJSON:
		return d.firstLine(f, body)
	case InString:
		return d.inString(f, body)
	}
	return body
}

// firstEvent returns the data of the first event of a stream that is a JSON object (the
// HTML standard, server-sent events). Several data lines of one event are joined.
func firstEvent(body []byte) []byte {
	var data []byte
	for len(body) > 0 {
		var line []byte
		line, body = cutLine(body)
		if len(line) == 0 { // the end of an event
			if object := jsonObject(data); object != nil {
				return object
			}
			data = nil
			continue
		}
		if value, ok := bytes.CutPrefix(line, []byte("data:")); ok {
			value = bytes.TrimPrefix(value, []byte(" "))
			if data == nil {
				data = value
				continue
			}
			data = append(append(bytes.Clone(data), '\n'), value...)
		}
	}
	return jsonObject(data)
}

// enoughOf returns what reports whether the start of a stream is there: the first event of
// one of events, the first line of any other.
func enoughOf(h http.Header) func(start []byte) bool {
	if mediaType(h) == "text/event-stream" {
		return func(start []byte) bool { return firstEvent(start) != nil }
	}
	return func(start []byte) bool { return bytes.ContainsAny(bytes.TrimLeft(start, "\r\n\x1e"), "\r\n") }
}

// firstLine returns the first line of JSON that says success, failure or a code.
func (d *document) firstLine(f *Form, body []byte) []byte {
	own := *d
	var room scratch // as a text may lie in the other
	own.scratch = room[:]
	for len(body) > 0 {
		var line []byte
		line, body = cutLine(body)
		line = bytes.TrimSpace(line)
		if own.body = line; f.opensJSON(line) && f.says(&own) {
			return line
		}
	}
	return nil
}

// says reports whether a JSON document holds anything that the form looks for.
func (f *Form) says(d *document) bool {
	for _, tests := range [][]Test{f.Fail, f.OK} {
		for i := range tests {
			if held, _ := tests[i].holds(d); held == strong {
				return true
			}
		}
	}
	for i := range f.Code {
		var found [maxFound]span
		if slices.ContainsFunc(found[:d.values(&f.Code[i], &found)], func(at span) bool {
			text := f.trim(d.textOf(d.value(&f.Code[i], at)))
			return len(text) > 0 && !f.isNone(text)
		}) {
			return true
		}
	}
	return false
}

// inString returns the text of a JSON string in the body.
func (d *document) inString(f *Form, body []byte) []byte {
	if !f.Inside.mayBeIn(body) || !d.isJSON(body) {
		return nil
	}
	value := d.jsonAt(&f.Inside)
	if value == nil || jsonType(value) != String {
		return nil
	}
	return bytes.TrimSpace(unescape(nil, value))
}

// jsonObject returns a text without the space around it if it is a JSON object.
func jsonObject(text []byte) []byte {
	if text = bytes.TrimSpace(text); len(text) > 0 && text[0] == '{' && validJSON(text) {
		return text
	}
	return nil
}

// cutLine splits a text after its first line, which ends in LF, CR or both.
func cutLine(text []byte) (line, rest []byte) {
	i := bytes.IndexAny(text, "\r\n")
	if i < 0 {
		return text, nil
	}
	rest = text[i+1:]
	if text[i] == '\r' && len(rest) > 0 && rest[0] == '\n' {
		rest = rest[1:]
	}
	return text[:i], rest
}
