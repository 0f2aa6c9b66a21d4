package lookuptest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Texts returns n texts about a catalog, the same for the same seed: codes in
// their spellings and wrappings, replies, statuses, texts that hold nothing, and
// all of these spoilt and joined. All are valid UTF-8.
func Texts(c *model.Catalog, seed uint64, n int) []string {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 0))}
	for _, a := range c.APIs {
		w.apis = append(w.apis, a)
		w.entries = append(w.entries, a.Entries()...)
	}
	texts := make([]string, n)
	for i := range texts {
		texts[i] = strings.ToValidUTF8(w.text(), "\ufffd")
	}
	return texts
}

// writer writes texts about a catalog.
type writer struct {
	*rand.Rand
	apis    []*model.API
	entries []*model.Entry
}

// chance reports true about once in n times.
func (w *writer) chance(n int) bool { return w.IntN(n) == 0 }

func pick[T any](w *writer, from []T) T { return from[w.IntN(len(from))] }

func (w *writer) text() string {
	text := w.part()
	for w.chance(5) {
		text += pick(w, []string{"\n", " ", "\n\n", ", ", " and ", "\r\n", "; "}) + w.part()
	}
	if w.chance(3) {
		for range 1 + w.IntN(4) {
			text = w.spoil(text)
		}
	}
	return text
}

func (w *writer) part() string {
	switch w.IntN(14) {
	case 0, 1, 2:
		return w.wrap(w.spelling(w.name()))
	case 3:
		return w.wrap(w.name())
	case 4:
		return w.wrap(w.typo(w.name()))
	case 5:
		return strings.ReplaceAll(w.name(), "_", pick(w, Underscores))
	case 6:
		return pick(w, Negatives)
	case 7:
		return w.status()
	case 8:
		if w.chance(2) {
			return pick(w, Calls).Text
		}
		return w.letters()
	case 9, 10:
		return w.words()
	}
	return w.reply()
}

// name returns a key, an alias or a message, or something like a key.
func (w *writer) name() string {
	e := pick(w, w.entries)
	names := append([]string{e.Code, e.Code, e.Code}, e.Aliases...)
	if e.Message != "" {
		names = append(names, e.Message, e.Message)
	}
	name := pick(w, names)
	if prefix, ok := strings.CutSuffix(name, "*"); ok && !w.chance(4) {
		return prefix + pick(w, []string{"1", "17", "X", "SOME_THING", "006", "thing", "é"})
	}
	return name
}

func (w *writer) wrap(text string) string {
	return strings.ReplaceAll(pick(w, Wrappers), "%s", text)
}

func (w *writer) spelling(name string) string {
	if strings.Contains(name, "__") || strings.HasPrefix(name, "_") || strings.HasSuffix(name, "_") || name == "" {
		return strings.ToUpper(name)
	}
	return pick(w, Spellings(name))
}

func (w *writer) typo(name string) string {
	typos := slices.Sorted(maps.Keys(Typos(name)))
	if len(typos) == 0 {
		return name
	}
	return pick(w, typos)
}

func (w *writer) status() string {
	status := pick(w, []int{100, 200, 204, 301, 302, 400, 401, 403, 404, 418, 429, 451, 499, 500, 502, 503, 504, 599, 600, 99})
	texts := []string{
		"%d", "HTTP %d", "HTTP/1.1 %d", "http%d", "status code: %d", "%d Not Found", "Error %d (Too Many Requests)", "%d error", "got 3 %d errors",
		"gets %d responses", "responded with %d", "response code=%d", "exit code %d", "#%d", "-%d", "%d.", "HTTP/2 %d Service Unavailable today",
		"returned %d Server Error", "%d%%", "%d ms", "reason: %d", "code %d", "error: [%d]", "GET /x HTTP/1.1\" %d 12", "status=-%d", "$%d",
		"nginx said 502 Bad Gateway and %d gateway-timeout", "429 429 %d",
	}
	return strings.ReplaceAll(pick(w, texts), "%d", fmt.Sprint(status))
}

// words joins words around codes, and parts of codes, by what joins words.
func (w *writer) words() string {
	around := strings.Fields("code error err errno status http HTTP Error exit exited response server client internal zip the get got returned reason " +
		"sqlstate number no id errors responses 1 2 7 08 77 200 404 429 500 503 1001 4711 -1 +5 4.29 1.1 x X17 A1 中文 é")
	between := []string{" ", " ", " ", "_", "-", ".", ":", ": ", "=", "\"", "' ", "(", ") ", "[", "] ", "/", ", ", "\n", "\n  ", "-\n", "#", "%", "$", "  ", " - ", "", "\u00a0", "…", " | ", "\t", ">"}
	var text strings.Builder
	for range 2 + w.IntN(8) {
		text.WriteString(pick(w, between))
		switch parts := strings.FieldsFunc(w.name(), func(r rune) bool { return r == '_' || r == ' ' || r == '-' }); {
		case w.chance(2) || len(parts) == 0:
			text.WriteString(pick(w, around))
		case w.chance(6):
			text.WriteString(pick(w, []string{pick(w, w.apis).Name, pick(w, w.apis).Title, "connection refused", "i/o timeout", "Not Found", "status is", "no such host"}))
		case w.chance(4):
			text.WriteString(w.name())
		case w.chance(3):
			text.WriteString(strings.Join(parts, pick(w, between)))
		case w.chance(2):
			text.WriteString(strings.ToLower(pick(w, parts)))
		default:
			text.WriteString(strings.Join(parts[:1+w.IntN(len(parts))], pick(w, between)))
		}
	}
	return text.String() + pick(w, between)
}

// odd are characters that programs treat apart.
var odd = []rune("\x00\t\n\v\f\r\x1b\x7f\u0085\u00a0\u00ad\u1680\u180e\u2000\u200b\u200d\u2028\u2029\u202e\u2066\u3000\ufeff\ufe0f\ufffd\ufffe\U0001ffff" +
	"İıſKÅßẞΣςσǅﬁªº²½٣௧ñn\u0303ÄäЖж中文余额不足日本語한국어‘’“”«»‹›–—−＿Ａ１！…·_-.,:;!?\\/'\"`<>(){}[]|*#@%&=+~^$§€🙂👩‍👩‍👧𝐀𐐀𐐨")

func (w *writer) letters() string {
	var text strings.Builder
	for range 1 + w.IntN(30) {
		switch w.IntN(4) {
		case 0:
			text.WriteRune(pick(w, odd))
		case 1:
			text.WriteRune(w.character())
		default:
			text.WriteByte(pick(w, []byte("abcdefXYZ0159__-- ..\n")))
		}
	}
	return text.String()
}

// character returns a character that every Unicode of late has: those that a new
// one adds mean more to a newer browser.
func (w *writer) character() rune {
	for {
		r := rune(w.IntN(0x2ffff))
		if w.chance(2) {
			r = rune(w.IntN(0x3000))
		}
		if utf8.ValidRune(r) && unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z) {
			return r
		}
	}
}

// spoil changes a text at one place.
func (w *writer) spoil(text string) string {
	runes := []rune(text)
	if len(runes) == 0 {
		return w.letters()
	}
	i := w.IntN(len(runes))
	j := min(len(runes), i+1+w.IntN(4))
	before, at, after := string(runes[:i]), string(runes[i:j]), string(runes[j:])
	switch w.IntN(14) {
	case 0:
		return before + after
	case 1:
		return before + at + at + after
	case 2:
		return before + string(pick(w, odd)) + after
	case 3:
		return before + string(pick(w, odd)) + at + after
	case 4:
		return after + before
	case 5:
		return before
	case 6:
		return at + after
	case 7:
		return before + strings.ToUpper(at) + after
	case 8:
		return before + strings.ToLower(at) + after
	case 9:
		return before + pick(w, []string{"\n", "\n> ", "-\n", "=\n", "\r\n", "\n   "}) + at + after
	case 10:
		return "> " + strings.ReplaceAll(text, "\n", "\n> ")
	case 11:
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "'", "&#39;").Replace(text)
	case 12:
		return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text)
	}
	return before + pick(w, []string{"&amp;", "&#x5f;", "&#0;", "&#xd800;", "&#1x;", "&;", `\u005f`, `\ud83d\ude00`, `\x5F`, `\033[31m`, "\x1b[0m", "[1;31m", "%5F", "%41", "%e9", "<wbr>", "<wbr/>", "HTTP/1.1 200 OK\na: b\n\n"}) + at + after
}

// Every returns every code of a catalog that has letters in every spelling and
// wrapping and with every typo, and all texts here that are about the shipped catalog.
func Every(c *model.Catalog) []string {
	texts := slices.Concat(Negatives, Mails, TextsOf(ShippedAnswers), TextsOf(Verdicts))
	for _, first := range []map[string]string{Recalls, Printed, WhoseReplies, Nearly, Pastes} {
		texts = append(texts, slices.Sorted(maps.Keys(first))...)
	}
	for _, call := range Calls {
		texts = append(texts, call.Text)
	}
	for _, order := range Orders {
		texts = append(texts, order.Text)
	}
	for _, call := range append(WhoseCalls, DecidedCalls...) {
		texts = append(texts, call.Text)
	}
	for _, a := range c.APIs {
		for _, e := range a.Codes {
			for _, spelling := range Spellings(e.Code) {
				for _, wrapper := range Wrappers {
					texts = append(texts, strings.ReplaceAll(wrapper, "%s", spelling))
				}
			}
			for _, underscore := range Underscores {
				texts = append(texts, strings.ReplaceAll(e.Code, "_", underscore))
			}
			texts = append(texts, slices.Sorted(maps.Keys(Typos(e.Code)))...)
		}
	}
	return texts
}

// Odds are texts about the APIs of OddSpec with values in messages and behind prefixes,
// and with numbers as drivers print them.
var Odds = []string{
	"x_No more rows for user", "No more rows for", "No more\nrows for 3",
	"column 'a' cannot be null", "Column '' cannot be null, Column 'b' cannot be null",
	"is not a database known to x, sorry", "Ünï is not a database known to çà, sorry",
	"(1001, 'x')", "(1001, x)",
	"x\n#1001", "error #-1", "Error[-1]", "#01000.",
	"x.TwinCodeError: y", "NoSuchKeyError", "errors::NoSuchKey(1)",
}
