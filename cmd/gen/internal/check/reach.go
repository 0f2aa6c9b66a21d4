package check

import (
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// deadEntries reports entries that no reply can reach.
func (a *apiChecker) deadEntries() {
	if a.readsNoCode() {
		for _, pair := range a.node.Pairs {
			if pair.Key.Text == "codes" && !a.bad[pair.Value] {
				a.warnf(pair.Key.Place, "dead-entry", "the codes can't be reached: no reply form says where a code is").Hint = "reply: give a form code"
			}
		}
	}
	for _, e := range a.made.Entries() {
		if reason := a.deadBecause(e); reason != "" {
			a.errorf(a.written[e].Key.Place, "dead-entry", "%s can never be reached: %s", diag.Quote(e.Code), reason)
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
	if e.Action == classify.OK && a.written[e].Value.Get("category") != nil && e.Category != nowhere {
		switch e.Kind {
		case classify.KindPrefix, classify.KindTransport, classify.KindUnknown, classify.KindUnrecognised:
			return "its action is ok, and success is only what a reply form or a status says"
		case classify.KindStatus, classify.KindStatusClass:
			if e.Code[0] >= '4' {
				return "its action is ok, and a 4xx or 5xx is never success"
			}
		}
	}
	if e.Kind != classify.KindCode && e.Kind != classify.KindPrefix || a.readsNoCode() {
		return ""
	}
	reason := ""
	for _, f := range a.made.Forms {
		if len(f.Code) == 0 {
			continue
		}
		if reason = unreadable(&f, strings.TrimSuffix(e.Code, "*"), e.Kind); reason == "" {
			return ""
		}
	}
	return reason
}

// unreadable says why a form can't read a code, or one that starts so.
func unreadable(f *classify.Form, code string, kind classify.Kind) string {
	for _, mark := range []string{f.After, f.Before} {
		if mark != "" && strings.Contains(code, mark) {
			return "trim cuts codes at " + diag.Quote(mark)
		}
	}
	trims := f.Syntax != classify.JSON || f.After != "" || f.Before != ""
	if trims && code != strings.TrimLeft(code, " \t\r\n") {
		return "codes are read without the space around them"
	}
	if trims && kind == classify.KindCode && code != strings.TrimSpace(code) {
		return "codes are read without the space around them"
	}
	if f.Syntax == classify.Text && kind == classify.KindPrefix && strings.ContainsAny(code, "<>{}\n\r") {
		return "a plain text with such characters is taken for a page or for data"
	}
	return ""
}
