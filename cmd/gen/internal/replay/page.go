package replay

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"time"
)

//go:embed page.html
var pageSource string

// page is what the template shows.
type page struct {
	Report
	Title    string
	Bars     []bar
	Height   int    // of the picture
	Unlisted string // the share of the replies with a code that is not listed
}

// Page returns the report as a page that needs nothing else. The mark says what made it.
func Page(r Report, title, mark string) []byte {
	all := bars(r)
	shown := page{r, title, all, len(all) * rowHeight, Percent(r.ShareUnknown)}
	var out bytes.Buffer
	fmt.Fprintf(&out, "<!doctype html>\n<!-- %s -->\n", strings.ReplaceAll(mark, "--", "- -")) // templates drop comments
	functions := template.FuncMap{
		"ms": func(ms *int64) string {
			if ms == nil {
				return ""
			}
			return (time.Duration(*ms) * time.Millisecond).String()
		},
	}
	parsed := template.Must(template.New("page").Funcs(functions).Parse(pageSource))
	if err := parsed.Execute(&out, shown); err != nil {
		panic("internal error: " + err.Error())
	}
	return out.Bytes()
}

// bar is an outcome in the picture.
type bar struct {
	Name, Title  string
	Count        int64
	Share        string
	Top, Text    int
	Width, After int
}

// The picture, in pixels.
const (
	rowHeight = 28
	barLeft   = 250
	barWidth  = 360 // of all replies
)

func bars(r Report) []bar {
	var all []bar
	for _, o := range Outcomes() {
		n := r.Outcomes[o.Name]
		if n == 0 {
			continue
		}
		share, top := float64(n)/float64(r.Replies), len(all)*rowHeight
		width := max(2, int(share*barWidth))
		all = append(all, bar{Name: o.Name, Title: o.Title, Count: n, Share: Percent(share), Top: top + 4, Text: top + 18, Width: width, After: barLeft + width + 8})
	}
	return all
}

// Percent is a share for people.
func Percent(share float64) string { return fmt.Sprintf("%.1f%%", 100*share) }
