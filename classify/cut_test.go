package classify

import (
	"strings"
	"testing"
)

func TestCompleteJSON(t *testing.T) {
	deep := strings.Repeat("[", maxDepth)
	for text, want := range map[string]string{
		`{"a":1,"b":`:          `{"a":1}`,
		`{"a":1,"b":2`:         `{"a":1}`,
		`{"a":[1,{"b":"c`:      `{"a":[1,{}]}`,
		`{"a":[1],"b":{"c":2 `: `{"a":[1],"b":{"c":2}}`,
		`[[1],[2`:              `[[1],[]]`,
		`{"a":1}`:              `{"a":1}`,
		`{"a`:                  `{}`,
		`{"a":]`:               ``,
		`{}}`:                  ``,
		`{},`:                  ``,
		`{},{`:                 ``,
		`[1,2,3`:               `[1,2]`,
		`{"a":12,"b":345`:      `{"a":12}`,
		`{"a":"","b":"c"`:      `{"a":"","b":"c"}`,
		`{"a": 1, "b": 2`:      `{"a": 1}`,
		`{"a": "x, y`:          `{}`,
		`{"a":1 `:              `{"a":1}`,
		"{\"a\":1\t":           `{"a":1}`,
		"{\"a\":1\n":           `{"a":1}`,
		"{\"a\":1\r":           `{"a":1}`,
		"{\"a\":\t\"x, y":      `{}`,
		"{\"a\":\n\"x, y":      `{}`,
		"{\"a\":\r\"x, y":      `{}`,
		`{"a":1]`:              ``,
		`[1}`:                  ``,
		`text`:                 ``,
		deep:                   deep + strings.Repeat("]", maxDepth),
		deep + "[":             ``,
		deep + deep:            ``,
	} {
		if got := string(completeJSON([]byte(text))); got != want {
			t.Errorf("%.40q is completed to %.40q, want %.40q", text, got, want)
		}
	}
}
