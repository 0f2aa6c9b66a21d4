package classifytest

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
)

// ask puts the wait that the server asks for where the catalog looks for it.
func (a Answer) ask(c *classify.Catalog, r classify.Reply) (classify.Reply, error) {
	wait := a.asks
	if !a.hasAsks {
		return r, nil
	}
	if wait < 0 {
		return r, fmt.Errorf("a server can't ask for a wait of %s", wait)
	}
	for _, place := range c.Delays {
		unit := place.Unit
		if unit <= 0 {
			unit = time.Second
		}
		whole := wait%unit == 0
		count := fmt.Sprint(int64(wait / unit))
		switch {
		case place.Header == "":
			if !whole {
				count = fmt.Sprintf("%g", float64(wait)/float64(unit))
			}
			if body, ok := withMember(r.Body, place.At, count); ok {
				r.Body = body
				return r, nil
			}
		case whole:
			r.Header = merge(r.Header, http.Header{http.CanonicalHeaderKey(place.Header): {count}})
			return r, nil
		case !strings.EqualFold(place.Header, "Retry-After"):
			r.Header = merge(r.Header, http.Header{http.CanonicalHeaderKey(place.Header): {wait.String()}})
			return r, nil
		}
	}
	return r, fmt.Errorf("the catalog has no place in this reply for a wait of %s", wait)
}
