package replay

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// stub returns an entry for a code that the catalog does not list, as it stands in a spec:
//
//	apis:
//	  captchaai:
//	    codes:
//	      "ERROR_NEW":
//	        status: 429
//	        message: "Something new"
//	        meaning: "TODO(author)"
//	        …
func stub(c *model.Catalog, api, code string, seen *unknownCode) string {
	var out strings.Builder
	line := func(indent int, text string) { fmt.Fprintf(&out, "%*s%s\n", indent, "", text) }
	line(0, "apis:")
	line(2, api+":")
	line(4, "codes:")
	line(6, quote(code)+":")
	if len(seen.statuses) > 0 {
		line(8, "status: "+list(seen.statuses))
	}
	if seen.message != "" {
		line(8, "message: "+quote(seen.message))
	}
	line(8, "meaning: "+quote(model.ToDo+": what it means, in a few words"))
	line(8, "fix: "+quote(model.ToDo+": what to do about it"))
	var categories []string
	for _, category := range c.Categories {
		categories = append(categories, category.Name)
	}
	line(8, "category: "+model.ToDo+" # one of "+strings.Join(categories, ", "))
	if seen.sample != "" && !strings.HasSuffix(seen.sample, "…") {
		line(8, "examples:")
		if seen.status > 0 {
			line(10, "- status: "+strconv.Itoa(seen.status))
			line(12, "body: "+quote(seen.sample))
		} else {
			line(10, "- body: "+quote(seen.sample))
		}
	}
	return out.String()
}

func list(statuses []int) string {
	if len(statuses) == 1 {
		return strconv.Itoa(statuses[0])
	}
	texts := make([]string, len(statuses))
	for i, status := range statuses {
		texts[i] = strconv.Itoa(status)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// quote returns a text as YAML has it in double quotes, which is nearly as JSON has it.
func quote(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic("internal error: " + err.Error())
	}
	quoted := strings.TrimSuffix(out.String(), "\n")
	out.Reset()
	for _, r := range quoted {
		switch {
		case r == ' ' || unicode.IsGraphic(r) && r != '\ufeff':
			out.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&out, `\U%08x`, r)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}
