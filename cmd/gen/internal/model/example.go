package model

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
)

// Reply returns the example as the classifier takes it.
func (x Example) Reply() classify.Reply {
	r := classify.Reply{Status: x.Status, Body: []byte(x.Body), Operation: classify.Operation(x.Operation)}
	for _, h := range x.Headers {
		if r.Header == nil {
			r.Header = make(http.Header)
		}
		r.Header.Add(h.Name, h.Value)
	}
	return r
}

// Wire returns the example as it comes over the wire: a status line where the
// status is known, the header, and the body behind an empty line.
func (x Example) Wire() string {
	var text strings.Builder
	if x.Status != 0 {
		text.WriteString(strings.TrimSpace("HTTP/1.1 "+strconv.Itoa(x.Status)+" "+http.StatusText(x.Status)) + "\n")
	}
	for _, h := range x.Headers {
		text.WriteString(Line(Visible(h.Name)) + ": " + Line(Visible(h.Value)) + "\n")
	}
	if x.Body != "" && text.Len() > 0 {
		text.WriteByte('\n')
	}
	return text.String() + x.Body
}
