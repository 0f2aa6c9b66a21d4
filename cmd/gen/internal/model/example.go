package model

import (
	"net/http"

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
