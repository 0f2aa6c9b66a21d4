package site

import (
	"html"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// element is an element of a page, or text.
type element struct {
	name     string // empty for text
	text     string
	class    string
	href     string
	children []*element
	l        *say.Language
}

// parse reads a part of a page that the templates have made: every element is closed, and
// every attribute quoted.
func parse(rest string, l *say.Language) *element {
	open := []*element{{name: "main", l: l}}
	var spare []element // which are made many at a time: a page has hundreds
	made := func(e element) *element {
		if len(spare) == 0 {
			spare = make([]element, 64)
		}
		next := &spare[0]
		*next, spare = e, spare[1:]
		return next
	}
	for rest != "" {
		top := open[len(open)-1]
		text, tag, found := strings.Cut(rest, "<")
		if text != "" {
			top.children = append(top.children, made(element{text: html.UnescapeString(text)}))
		}
		if !found {
			break
		}
		switch {
		case tag[0] == '/':
			_, rest, _ = strings.Cut(tag, ">")
			open = open[:len(open)-1]
		case tag[0] == '!':
			_, rest, _ = strings.Cut(tag, ">")
		case strings.HasPrefix(tag, "svg "): // for browsers, and the most of a page where there is one
			_, rest, _ = strings.Cut(tag, "</svg>")
		default:
			e := made(element{l: l})
			rest = e.parseTag(tag)
			top.children = append(top.children, e)
			if !e.isVoid() && !strings.HasSuffix(tag[:len(tag)-len(rest)], "/>") {
				open = append(open, e)
			}
		}
	}
	return open[0]
}

// parseTag reads the tag that a text starts with, after its bracket, and returns what
// follows it.
func (e *element) parseTag(text string) (rest string) {
	end := strings.IndexAny(text, " \t\n/>")
	e.name, text = text[:end], text[end:]
	for {
		text = strings.TrimLeft(text, " \t\n/")
		if text[0] == '>' {
			return text[1:]
		}
		end := strings.IndexAny(text, " \t\n/>=")
		name, value := text[:end], ""
		if text = text[end:]; text[0] == '=' {
			value, text, _ = strings.Cut(text[2:], text[1:2])
		}
		switch name {
		case "class":
			e.class = value
		case "href":
			e.href = html.UnescapeString(value)
		}
	}
}

// isVoid reports whether an element has no content and no end.
func (e *element) isVoid() bool {
	switch e.name {
	case "br", "col", "hr", "img", "input", "wbr":
		return true
	}
	return false
}

func (e *element) hasClass(class string) bool {
	return e.class != "" && slices.Contains(strings.Fields(e.class), class)
}

// isForBrowsers reports whether an element is of use in a browser only.
func (e *element) isForBrowsers() bool {
	switch e.name {
	case "button", "figcaption", "form", "input", "label", "nav", "noscript", "script", "select", "style", "svg", "template", "textarea":
		return true
	}
	return e.hasClass("scripted") || e.hasClass("unseen")
}

// isBlock reports whether an element starts a new line.
func (e *element) isBlock() bool {
	switch e.name {
	case "address", "article", "aside", "blockquote", "caption", "details", "div", "dl", "dt", "dd", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
		"header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "ul":
		return true
	}
	return false
}
