package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// deadEntries reports entries that no reply can reach.
func (a *apiChecker) deadEntries() {
	if a.readsNoCode() {
		for _, pair := range a.node.Pairs {
			if (pair.Key.Text == "codes" || pair.Key.Text == "unknown") && !a.bad[pair.Value] {
				a.warnf(pair.Key.Place, "dead-entry", "%s can never be reached: no reply form says where a code is", pair.Key.Text).
					Hint = "reply: give a form code"
			}
		}
	}
	for _, e := range a.made.Entries() {
		pair := a.written[e]
		if reason := a.deadBecause(e); reason != "" {
			a.errorf(pair.Key.Place, "dead-entry", "%s can never be reached: %s", diag.Quote(e.Code), reason)
		}
		for _, item := range a.items(pair.Value, "aliases") {
			if reason := a.unreadable(item.Text, e.Kind); reason != "" && slices.Contains(e.Aliases, item.Text) {
				a.errorf(item.Place, "dead-entry", "%s can never be reached: %s", diag.Quote(item.Text), reason)
			}
		}
	}
}

func (a *apiChecker) readsNoCode() bool {
	for _, f := range a.made.Forms {
		if len(f.Code) > 0 {
			return false
		}
	}
	return true
}

// deadBecause says why no reply can reach an entry, or "" if one can.
func (a *apiChecker) deadBecause(e *model.Entry) string {
	if e.Action == classify.OK && !a.vague[e] {
		switch e.Kind {
		case classify.KindPrefix, classify.KindTransport, classify.KindUnknown, classify.KindUnrecognised:
			return "its action is ok, and success is only what a reply form or a status says"
		case classify.KindStatus, classify.KindStatusClass:
			if e.Code >= "4" {
				return "its action is ok, and a 4xx or 5xx is never success"
			}
		case classify.KindCode:
			if !a.knowsSuccess() {
				return "its action is ok, and neither a reply form nor a status says what success is"
			}
		}
	}
	switch e.Kind {
	case classify.KindUnknown:
		if a.codes["*"] != nil {
			return "the code * is for every code that is not listed"
		}
	case classify.KindCode:
		return a.unreadable(e.Code, e.Kind)
	case classify.KindPrefix:
		return a.unreadable(strings.TrimSuffix(e.Code, "*"), e.Kind)
	}
	return ""
}

// knowsSuccess reports whether any reply is a success.
func (a *apiChecker) knowsSuccess() bool {
	if a.made.TestsSuccess() {
		return true
	}
	return slices.ContainsFunc(slices.Concat(a.made.Statuses, a.made.Classes), func(e *model.Entry) bool {
		return e.Code < "4" && (e.Action == classify.OK || a.vague[e])
	})
}

// unreadable says why no form can read a code, or one that starts so, and is ""
// if a form can or if none reads codes.
func (a *apiChecker) unreadable(code string, kind classify.Kind) (reason string) {
	for _, f := range a.made.Forms {
		if len(f.Code) == 0 {
			continue
		}
		if reason = unreadableBy(&f, code, kind); reason == "" {
			return ""
		}
	}
	return reason
}

// unreadableBy says why a form can't read a code, or one that starts so.
func unreadableBy(f *classify.Form, code string, kind classify.Kind) string {
	for _, mark := range []string{f.After, f.Before} {
		if mark != "" && strings.Contains(code, mark) {
			return "trim cuts codes at " + diag.Quote(mark)
		}
	}
	trims := f.Syntax != classify.JSON || f.After != "" || f.Before != ""
	inner := strings.TrimLeft(code, " \t\r\n")
	if kind == classify.KindCode {
		inner = strings.TrimSpace(code)
	}
	switch {
	case trims && code == "" && kind == classify.KindCode:
		return "a place that is empty holds no code"
	case trims && code != inner:
		return "codes are read without the space around them"
	case f.Syntax == classify.Text && kind == classify.KindPrefix && strings.ContainsAny(code, "<>{}\n\r"):
		return "a plain text with such characters is taken for a page or for data"
	}
	return ""
}
