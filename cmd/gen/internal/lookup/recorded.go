package lookup

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// recordedCalls returns the replies of the calls that a JSON object or list keeps, the last
// first: those of an HTTP archive, one of its entries or a list of them, or what a client's
// error or a log has of one, with its status and its body as members.
func recordedCalls(object string) []reply {
	var root any
	if json.Unmarshal([]byte(object), &root) != nil {
		return nil
	}
	entries, ok := root.([]any)
	if !ok {
		entries = []any{root}
	}
	if members, ok := root.(map[string]any); ok {
		if archive, ok := members["log"].(map[string]any); ok {
			if list, ok := archive["entries"].([]any); ok {
				entries = list
			}
		}
	}
	var calls []reply
	for i := len(entries) - 1; i >= 0 && len(calls) < maxObjects; i-- {
		if entry, ok := entries[i].(map[string]any); ok {
			if call, ok := recordedCall(entry); ok {
				calls = append(calls, call)
			}
		}
	}
	return calls
}

func recordedCall(entry map[string]any) (call reply, ok bool) {
	address := recordedAddress(entry)
	if response, ok := entry["response"].(map[string]any); ok {
		entry = response
	}
	status := recordedStatus(entry)
	body, ok := recordedBody(entry)
	if status == 0 || !ok && address == "" {
		return reply{}, false
	}
	return reply{Reply: newReply(status, recordedHeader(entry["headers"]), body), address: address}, true
}

// recordedAddress returns the method and the address of the request, or what is there of
// them.
func recordedAddress(entry map[string]any) string {
	for _, key := range requestKeys {
		request, ok := entry[key].(map[string]any)
		if !ok {
			continue
		}
		if address, ok := request["url"].(string); ok {
			method, _ := request["method"].(string)
			return strings.ToUpper(method) + " " + address
		}
	}
	return ""
}

func recordedStatus(entry map[string]any) int {
	for _, key := range statusKeys {
		switch value := entry[key].(type) {
		case float64:
			if status := int(value); mayBeStatus(status) && float64(status) == value {
				return status
			}
		case string:
			if len(value) == 3 && mayBeStatus(digits(value)) {
				return digits(value)
			}
		}
	}
	return 0
}

// recordedBody returns the body, a text or the document that it was parsed to.
func recordedBody(entry map[string]any) (body string, ok bool) {
	if content, ok := entry["content"].(map[string]any); ok {
		text, ok := content["text"].(string)
		if content["encoding"] == "base64" && base64Text().MatchString(text) {
			decoded, _ := base64.StdEncoding.DecodeString(text)
			text = strings.ToValidUTF8(string(decoded), " ")
		}
		return text, ok
	}
	for _, key := range bodyKeys {
		switch value := entry[key].(type) {
		case string:
			return value, true
		case map[string]any, []any:
			text, err := json.Marshal(value)
			return string(text), err == nil
		}
	}
	return "", false
}

var base64Text = pattern.Of(`^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`)

// recordedHeader returns the header: a list of names and values, or an object.
func recordedHeader(value any) http.Header {
	header := http.Header{}
	add := func(name, value any) {
		if name, ok := name.(string); ok && fieldName().MatchString(name) {
			header.Add(name, strings.TrimSpace(scalar(value)))
		}
	}
	switch fields := value.(type) {
	case []any:
		for _, field := range fields {
			if field, ok := field.(map[string]any); ok {
				add(field["name"], field["value"])
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			if list, ok := fields[name].([]any); ok {
				for _, line := range list {
					add(name, line)
				}
				continue
			}
			add(name, fields[name])
		}
	}
	return header
}

var fieldName = pattern.Of(`^[A-Za-z0-9_-]+$`)

// scalar returns a value as a text; one that holds others is none.
func scalar(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case float64:
		text, _ := json.Marshal(value)
		return string(text)
	}
	return ""
}

// statusKeys, bodyKeys and requestKeys are what programs call the status and the body
// of a reply, and the request.
var (
	statusKeys  = []string{"status", "statusCode", "status_code", "http_status", "httpStatus"}
	bodyKeys    = []string{"body", "data", "responseBody", "response_body", "responseText"}
	requestKeys = []string{"request", "config"}
)
