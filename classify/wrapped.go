package classify

import (
	"bytes"
	"encoding/json"
)

// unwrap returns the JSON document in a body that wraps it, and nil for none.
func (f *Form) unwrap(body []byte) []byte {
	switch f.In {
	case InSSE:
		return firstEvent(body)
	case InNDJSON:
		return f.firstLine(body)
	case InString:
		return f.inString(body)
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
			if isObject(data) {
				return data
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
	if isObject(data) {
		return data
	}
	return nil
}

// firstLine returns the first line of JSON that says success, failure or a code.
func (f *Form) firstLine(body []byte) []byte {
	for len(body) > 0 {
		var line []byte
		line, body = cutLine(body)
		line = bytes.TrimSpace(line)
		if f.opensJSON(line) && f.says(line) {
			return line
		}
	}
	return nil
}

// says reports whether a JSON document holds anything that the form looks for.
func (f *Form) says(document_ []byte) bool {
	d := document{syntax: JSON, body: document_}
	for _, tests := range [][]Test{f.Fail, f.OK} {
		for i := range tests {
			if held, _ := tests[i].holds(&d); held == strong {
				return true
			}
		}
	}
	for _, place := range f.Code {
		if f.trim(d.text(place)) != nil {
			return true
		}
	}
	return false
}

// inString returns the text of a JSON string in the body.
func (f *Form) inString(body []byte) []byte {
	outer := Form{Code: []Path{f.Inside}}
	if !outer.opensJSON(body) {
		return nil
	}
	value := jsonAt(body, f.Inside)
	if value == nil || jsonType(value) != String {
		return nil
	}
	return bytes.TrimSpace(unescape(nil, value))
}

func isObject(text []byte) bool {
	text = bytes.TrimSpace(text)
	return len(text) > 0 && text[0] == '{' && json.Valid(text)
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
