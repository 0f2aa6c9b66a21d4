package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// deadEntries reports entries that no reply can reach.
func (a *apiChecker) deadEntries() {
	if a.readsNoCode() {
		unread := func(key string, at *format.Mark) {
			if at.Good() {
				a.Warnf(at.Key, "dead-entry", "%s can never be reached: no reply form says where a code is", key).Hint = "reply: give a form code"
			}
		}
		unread("codes", &a.written.Value.Codes.Mark)
		unread("unknown", &a.written.Value.Unknown.Mark)
	}
	for _, e := range a.entries {
		if reason := a.deadBecause(e); reason != "" {
			a.Errorf(e.Key, "dead-entry", "%s can never be reached: %s", diag.Quote(e.made.Code), reason)
		}
		for _, item := range e.Value.Aliases.Value {
			if reason := a.unreadable(item.Text, e.made.Kind); reason != "" && slices.Contains(e.made.Aliases, item.Text) {
				a.Errorf(item.Place, "dead-entry", "%s can never be reached: %s", diag.Quote(item.Text), reason)
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
func (a *apiChecker) deadBecause(e *entry) string {
	kind, code := e.made.Kind, e.made.Code
	if e.made.Action == classify.OK && !e.vague() {
		switch kind {
		case classify.KindPrefix, classify.KindTransport, classify.KindUnknown, classify.KindUnrecognised:
			return "its action is ok, but only a reply form or a status says what success is"
		case classify.KindStatus, classify.KindStatusClass:
			if code >= "4" {
				return "its action is ok, but a 4xx or 5xx is never a success"
			}
		case classify.KindCode:
			if !a.knowsSuccess() {
				return "its action is ok, but neither a reply form nor a status says what success is"
			}
		}
	}
	switch kind {
	case classify.KindUnknown:
		if a.codes["*"] != nil {
			return "the code * is for every code that is not listed"
		}
	case classify.KindCode:
		return a.unreadable(code, kind)
	case classify.KindPrefix:
		return a.unreadable(strings.TrimSuffix(code, "*"), kind)
	}
	return ""
}

// knowsSuccess reports whether any reply is a success.
func (a *apiChecker) knowsSuccess() bool {
	if a.made.TestsSuccess() {
		return true
	}
	return slices.ContainsFunc(a.entries, func(e *entry) bool {
		isStatus := e.made.Kind == classify.KindStatus || e.made.Kind == classify.KindStatusClass
		return isStatus && e.made.Code < "4" && (e.made.Action == classify.OK || e.vague())
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
	if kind == classify.KindCode && slices.Contains(f.None, code) {
		return "it is listed under none"
	}
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
