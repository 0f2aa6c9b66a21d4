package check

import (
	"slices"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// delays resolves where the server may say how long to wait. It returns nil for a list
// that there is not.
func (a *apiChecker) delays(list *format.List[format.Delay]) []classify.Delay {
	var all []classify.Delay
	for i := range list.Value {
		item := &list.Value[i]
		v := &item.Value
		d := classify.Delay{
			At:      v.JSON.Value,
			Code:    v.Code.Value,
			Unit:    units[v.Unit.Value],
			As:      delayForms[v.As.Value],
			Decimal: v.Decimal.Value,
		}
		if v.Header.Good() {
			d.Header = a.headerName(v.Header.Text, v.Header.Place)
		}
		if a.hasOnePlace(item) {
			a.delayFits(&d, v)
			all = append(all, d)
		}
	}
	return all
}

var (
	units      = map[string]time.Duration{"": time.Second, "ms": time.Millisecond, "s": time.Second, "m": time.Minute, "h": time.Hour}
	delayForms = map[string]classify.DelayForm{"time": classify.AsTime, "ratelimit": classify.AsRateLimit}
)

// hasOnePlace reports whether a delay says where it is, which it does with one key.
func (a *apiChecker) hasOnePlace(item *format.Field[format.Delay]) bool {
	v := &item.Value
	keys := []testKey{{Mark: &v.Header.Mark, name: "header"}, {Mark: &v.JSON.Mark, name: "json"}, {Mark: &v.Code.Mark, name: "code"}}
	key := a.onlyKey(&item.Mark, keys, "delay", "header:, json: or code:")
	return key != nil && key.Good()
}

// onlyKey returns the one of some keys that is written, and reports an object that has
// none of them or several.
func (a *apiChecker) onlyKey(of *format.Mark, keys []testKey, what, hint string) *testKey {
	keys = slices.DeleteFunc(keys, func(k testKey) bool { return !k.Written() })
	slices.SortFunc(keys, func(k, l testKey) int { return k.Key.Compare(l.Key) })
	switch {
	case len(keys) > 1:
		a.Errorf(keys[1].Place, "bad-form", "%s and %s in one %s", keys[0].name, keys[1].name, what).Hint = "make a list of two"
	case len(keys) == 0:
		a.Errorf(of.Place, "bad-form", "the %s does not say where it is", what).Hint = hint
	default:
		return &keys[0]
	}
	return nil
}

// delayFits compares the parts of a delay with each other.
func (a *apiChecker) delayFits(d *classify.Delay, v *format.Delay) {
	isRetryAfter := strings.EqualFold(d.Header, "Retry-After")
	switch {
	case d.As == classify.AsRateLimit && d.Header == "":
		a.Errorf(v.As.Place, "bad-form", "ratelimit is the form of a header field").Hint = "header: RateLimit"
	case d.As == classify.AsRateLimit && d.Unit != time.Second:
		a.Errorf(v.Unit.Place, "bad-form", "the RateLimit field is in seconds").Hint = "remove unit"
	case isRetryAfter && d.As == classify.AsDelay && d.Unit != time.Second:
		a.Errorf(v.Unit.Place, "bad-form", "Retry-After is in seconds by RFC 9110").Hint = "remove unit"
	}
	if d.Decimal && (!isRetryAfter || d.As != classify.AsDelay) {
		a.uselessKey("decimal", &v.Decimal.Mark, "only Retry-After takes no decimals otherwise")
	}
	name := strings.ToLower(d.Header)
	if strings.Contains(name, "reset") && !strings.Contains(name, "after") && !v.As.Has() {
		a.Warnf(v.Header.Place, "unclear-reset", "%s may hold a point in time or the time until then", diag.Quote(v.Header.Text)).
			Hint = "as: time or as: delay"
	}
}
