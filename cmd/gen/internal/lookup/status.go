package lookup

import (
	"net/http"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// phrases are the reason phrases of the registered statuses, squashed: the
// present one and older ones that servers still send.
var phrases = map[int][]string{
	100: {"continue"}, 101: {"switchingprotocols"}, 102: {"processing"}, 103: {"earlyhints"},
	200: {"ok"}, 201: {"created"}, 202: {"accepted"}, 203: {"nonauthoritativeinformation"}, 204: {"nocontent"},
	205: {"resetcontent"}, 206: {"partialcontent"}, 207: {"multistatus"}, 208: {"alreadyreported"}, 226: {"imused"},
	300: {"multiplechoices"}, 301: {"movedpermanently"}, 302: {"found", "movedtemporarily"}, 303: {"seeother"},
	304: {"notmodified"}, 305: {"useproxy"}, 307: {"temporaryredirect"}, 308: {"permanentredirect"},
	400: {"badrequest"}, 401: {"unauthorized", "unauthorised", "authorizationrequired"}, 402: {"paymentrequired"},
	403: {"forbidden"}, 404: {"notfound"}, 405: {"methodnotallowed", "notallowed"}, 406: {"notacceptable"},
	407: {"proxyauthenticationrequired"}, 408: {"requesttimeout"}, 409: {"conflict"}, 410: {"gone"},
	411: {"lengthrequired"}, 412: {"preconditionfailed"},
	413: {"contenttoolarge", "payloadtoolarge", "requestentitytoolarge"},
	414: {"uritoolong", "requesturitoolong", "requesturitoolarge"}, 415: {"unsupportedmediatype"},
	416: {"rangenotsatisfiable", "requestedrangenotsatisfiable"}, 417: {"expectationfailed"}, 418: {"imateapot"},
	421: {"misdirectedrequest"}, 422: {"unprocessablecontent", "unprocessableentity"}, 423: {"locked"},
	424: {"faileddependency"}, 425: {"tooearly"}, 426: {"upgraderequired"}, 428: {"preconditionrequired"},
	429: {"toomanyrequests"}, 431: {"requestheaderfieldstoolarge"}, 451: {"unavailableforlegalreasons"},
	499: {"clientclosedrequest"},
	500: {"internalservererror", "internalerror"}, 501: {"notimplemented"}, 502: {"badgateway", "proxyerror"},
	503: {"serviceunavailable", "servicetemporarilyunavailable"}, 504: {"gatewaytimeout"},
	505: {"httpversionnotsupported"}, 506: {"variantalsonegotiates"}, 507: {"insufficientstorage"},
	508: {"loopdetected"}, 510: {"notextended"}, 511: {"networkauthenticationrequired"},
	// Those of Cloudflare, which stands before many APIs.
	520: {"webserverisreturninganunknownerror"}, 521: {"webserverisdown"}, 522: {"connectiontimedout"},
	523: {"originisunreachable"}, 524: {"atimeoutoccurred"}, 525: {"sslhandshakefailed"}, 526: {"invalidsslcertificate"},
}

// statusLabels are the words that a status, and hardly anything else, stands
// after.
var statusLabels = []string{
	"http", "status", "statuscode", "httpstatus", "httpcode", "httpstatuscode", "httperror", "httpresponse",
	"httpexception", "responsestatus", "clienterror", "servererror",
}

// statusWords are the words that may stand beside a number in a text that is a
// status and no more.
var statusWords = append([]string{"https", "code", "error", "err", "response", "reply", "server", "client", "returned", "got", "a", "the"}, statusLabels...)

// statusEnds are the words that may stand after a status and before its reason
// phrase, in this order.
var statusEnds = []string{"clienterror", "servererror", "statuscode", "status", "response", "error"}

// statusNouns are the words that a number before them is a status of, and
// statusPlurals those that it is if it is not a count.
var (
	statusNouns   = []string{"error", "response", "clienterror", "servererror"}
	statusPlurals = []string{"errors", "responses"}
)

// countless are the words before "500 errors" that make it a status, not a count.
var countless = []string{"get", "gets", "got", "getting", "return", "returns", "returned", "returning", "receive", "receiving", "see", "seeing", "with", "http", "these", "throws", "throwing"}

// findStatus takes the whole text for a status, such as "HTTP/1.1 502 Bad
// Gateway", and reports whether it is one.
func (x *Index) findStatus(t *text, f *findings) bool {
	if len(t.atoms) == 0 || len(t.atoms) > maxStatusWords {
		return false
	}
	at, status, bare := -1, 0, len(t.atoms) == 1
	for i := f.titles.after(0); i < len(t.atoms); i = f.titles.after(i + 1) {
		word := t.letters(i, i)
		if n := digits(strings.TrimPrefix(word, "http")); len(strings.TrimPrefix(word, "http")) == 3 && isStatus(n) && (t.isNumber(i) || len(word) > 3) {
			at, status = i, n
			break
		}
		if !slices.Contains(statusWords, word) && !t.isVersion(i) {
			return false
		}
	}
	if at < 0 || at+1 < len(t.atoms) && !t.endsAfter(at, status) {
		return false
	}
	if bare && t.before(at, 1) == '#' || t.signs(at) || !t.onlyMarks(statusMarks) {
		return false
	}
	f.statuses = append(f.statuses, status)
	x.addStatus(status, Exact, t.start(at), f)
	return true
}

// statusMarks are what may stand beside the words of a text that is a status and
// no more.
const statusMarks = " \n:=\"'`()[]{}<>.,;!?/|*_#-"

// findReason takes the whole text, but for names of APIs before it, for the reason
// phrase of an error's status, of two words or more, and reports whether it is one.
func (x *Index) findReason(t *text, f *findings) bool {
	i, last := f.titles.after(0), len(t.atoms)-1
	if i >= last || last-i >= maxStatusWords || !t.onlyMarks(statusMarks) {
		return false
	}
	for k := i; k < last; k++ {
		if gap := t.gap(k); !bridges(gap) || !holdsOnly(gap, " \n>'") {
			return false
		}
	}
	for status := 400; isStatus(status); status++ {
		if slices.Contains(phrases[status], t.letters(i, last)) {
			x.addStatus(status, Likely, t.start(i), f)
			return true
		}
	}
	return false
}

// maxStatusWords is how many words a text has that is a status and no more.
const maxStatusWords = 16

func isStatus(n int) bool { return 100 <= n && n <= 599 }

// endsAfter reports whether all that follows the status at atom i is its reason
// phrase, or words that only say that it is a status.
func (t *text) endsAfter(i, status int) bool {
	rest := t.letters(i+1, len(t.atoms)-1)
	for _, word := range statusEnds {
		rest = strings.TrimPrefix(rest, word)
	}
	return rest == "" || slices.Contains(phrases[status], rest)
}

// onlyMarks reports whether nothing but marks stands around and between atoms: no
// sign of a currency or a section.
func (t *text) onlyMarks(marks string) bool {
	return !strings.ContainsFunc(t.clean, func(r rune) bool { return !isLetter(r) && !strings.ContainsRune(marks, r) })
}

// isVersion reports whether atom i is part of the version in HTTP/1.1 or HTTP/2.
func (t *text) isVersion(i int) bool {
	if len(t.letters(i, i)) != 1 || !areDigits(t.letters(i, i)) {
		return false
	}
	if t.touchesLeft(i, ".") {
		i--
	}
	return t.touchesLeft(i, "/") && t.letters(i-1, i-1) == "http"
}

// findStatusAt takes the number at atom i for a status if what stands beside it
// says so.
func (x *Index) findStatusAt(t *text, i int, f *findings) {
	word := t.letters(i, i)
	status := digits(word)
	if len(word) != 3 || !isStatus(status) || t.signs(i) {
		return
	}
	listed := x.isListed(status)
	registered := phrases[status] != nil
	label, kind := t.statusLabel(i)
	switch {
	case t.exits(i):
		return
	case t.follows(i, phrases[status]):
	case !listed && !registered && status < 400:
		return
	case slices.Contains(statusLabels, label), kind != "" && slices.Contains(statusLabels, kind+label), kind == "response" && label == "code":
	case label != "" && i > 0 && t.isVersion(i-1):
	case status < 400 || !listed && !registered:
		return
	case label != "reason" && t.labelled(i):
	case isThrown(label) && (t.pauses(i) || t.startsCapital(i+1)):
	case label != "" && f.titles.ends[i-1] && t.pauses(i):
	case t.follows(i, statusNouns), t.endsCall(i):
	case t.follows(i, statusPlurals) && slices.Contains(countless, label):
	default:
		return
	}
	f.statuses = append(f.statuses, status)
	x.addStatus(status, Likely, t.start(i), f)
}

// fileStatuses notes the statuses that tell something: those of an entry, those whose reason
// phrase is a message as well, and the one that a proxy keeps calls back with.
func (x *Index) fileStatuses() {
	x.tells[http.StatusProxyAuthRequired] = true
	for status := range x.tells {
		for _, a := range x.apis {
			x.tells[status] = x.tells[status] || a.statuses[status] != nil || a.classes[status/100] != nil
		}
		for _, letters := range phrases[status] {
			x.tells[status] = x.tells[status] || x.exactly(letters) != nil
		}
	}
}

// isTelling reports whether a word is a status that tells something.
func (x *Index) isTelling(word string) bool {
	status := digits(word)
	return len(word) == 3 && isStatus(status) && x.tells[status]
}

// isListed reports whether an API lists a status.
func (x *Index) isListed(status int) bool {
	return x.listed[status]
}

// endsCall reports whether number i stands behind a method and an address, as in lists
// of calls: GET https://api.example.com/tasks => 503. One that goes on may be a time.
func (t *text) endsCall(i int) bool {
	at := t.start(i)
	return t.pauses(i) && endsInCall(t.clean[max(0, at-maxBefore):at])
}

// endsInCall reports whether calledAddress matches a text. It reads it from its end.
func endsInCall(text string) bool {
	text = strings.TrimRight(text, " ")
	for _, mark := range []string{":", "|", "→", "->", "=>"} {
		if rest, ok := strings.CutSuffix(text, mark); ok {
			text = strings.TrimRight(rest, " ")
			break
		}
	}
	text = strings.TrimSuffix(text, `"`)
	word := text[strings.LastIndexAny(text, " \n\"")+1:]
	if version, ok := strings.CutPrefix(word, "HTTP/"); ok && version != "" && strings.Trim(version, "0123456789.") == "" {
		text = strings.TrimSuffix(text[:len(text)-len(word)], " ")
		word = text[strings.LastIndexAny(text, " \n\"")+1:]
	}
	before := strings.TrimRight(text[:len(text)-len(word)], " ")
	return word != "" && len(before) < len(text)-len(word) && before != "" && 'A' <= before[len(before)-1] && before[len(before)-1] <= 'Z' &&
		(word[0] == '/' || strings.HasPrefix(word, "http://") || strings.HasPrefix(word, "https://"))
}

var calledAddress = pattern.Of("[A-Z] +(?:https?:/)?/[^ \n\"]*(?: HTTP/[0-9.]+)?\"? *(?:[:|→]|[-=]>)? *$")

// startsCapital reports whether there is an atom i, and it starts with a capital.
func (t *text) startsCapital(i int) bool {
	return i < len(t.atoms) && 'A' <= t.clean[t.start(i)] && t.clean[t.start(i)] <= 'Z'
}

// linkWords may stand between a label of statuses and the status.
var linkWords = []string{"is", "of", "was"}

// statusLabel returns the label of the status at atom i as label does, also over a
// link word.
func (t *text) statusLabel(i int) (label, kind string) {
	label, kind = t.label(i)
	if slices.Contains(linkWords, label) && kind != "" {
		return t.label(i - 1)
	}
	return label, kind
}

// follows reports whether one of the squashed texts directly follows atom i.
func (t *text) follows(i int, squashed []string) bool {
	if i+1 >= len(t.atoms) {
		return false
	}
	if gap := t.gap(i); len(gap) > 4 || !holdsOnly(gap, " :)\"'(-") {
		return false
	}
	for _, want := range squashed {
		if !strings.HasPrefix(t.flat[t.to(i):], want) {
			continue
		}
		for j := i + 1; j < len(t.atoms) && t.to(j) <= t.to(i)+len(want); j++ {
			if t.to(j) == t.to(i)+len(want) {
				return !t.touchesRight(j, "_-")
			}
		}
	}
	return false
}

// addStatus adds what every API says about a status: its own entry, or else that
// of its class.
func (x *Index) addStatus(status int, confidence Confidence, at int, f *findings) {
	if status == http.StatusProxyAuthRequired && !x.isListed(status) {
		f.proxied = append(f.proxied, at) // a proxy's own, not the API's
		return
	}
	other := x.namedWithout(status, f)
	for k := range x.apis {
		if f.decided[decidedStatus{&x.apis[k], status}] {
			continue
		}
		e, class := x.apis[k].statuses[status], x.apis[k].classes[status/100]
		if e == nil && class == nil {
			continue
		}
		c := candidate{Match: Match{Confidence: confidence, Entry: e}, reason: why("status", status), at: at, kind: byNumber, status: status}
		if e == nil {
			c.Entry, c.Confidence = class, confidence.atMost(Likely)
			c.reason = why("class", status, class.Code)
		}
		if other != nil {
			c.Confidence = Guess
			c.reason = why("notListed", c.reason, other.Title)
		}
		f.add(c)
	}
}

// namedWithout returns the first of the APIs that the text names where none of them lists
// a status, or nil.
func (x *Index) namedWithout(status int, f *findings) (first *api) {
	for k := range x.apis {
		a := &x.apis[k]
		switch {
		case !f.titles.apis[a.API]:
		case a.statuses[status] != nil, a.classes[status/100] != nil:
			return nil
		case first == nil:
			first = a
		}
	}
	return first
}
