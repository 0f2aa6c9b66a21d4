// Package naming turns the texts of a spec into names: Go identifiers, page
// names, titles. Package check decides with it every name in the model.
package naming

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
)

// initialisms are words that Go writes in one case.
var initialisms = set("ACL API ASCII AWS CDN CORS CPU CSS CSV CVC CVV DB DNS EOF FTP GB GCP GPU GUID HTML HTTP HTTPS " +
	"IBAN ID IMAP IO IP ISO JPEG JPG JSON JWT KB KYC MB MFA OK OTP PDF PIN PNG QPS QR RAM RPC SAML SDK SHA SIM SIP SLA SMS " +
	"SMTP SQL SSH SSL SSO TCP TLS TTL UDP UI UID URI URL UTF UUID VAT VM VPN XML XSRF XSS ZIP")

// plurals are initialisms that are also met with an s.
var plurals = set("API ID IP URI URL UUID")

// set makes a set of words when it is first asked for.
func set(words string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		all := make(map[string]bool)
		for word := range strings.FieldsSeq(words) {
			all[word] = true
		}
		return all
	})
}

// Words splits a text into its words: at everything that is not a letter or digit,
// and where camelCase starts a new one. Apostrophes join.
func Words(text string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, string(word))
			word = word[:0]
		}
	}
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case r == '\'' || r == '’':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case unicode.IsUpper(r) && i > 0:
			before := runes[i-1]
			startsWord := i+1 < len(runes) && unicode.IsLower(runes[i+1]) && (unicode.IsUpper(before) || unicode.IsDigit(before))
			if unicode.IsLower(before) || startsWord {
				flush()
			}
		}
		word = append(word, r)
	}
	flush()
	return words
}

// Exported returns the text as an exported Go identifier with the initialisms in
// upper case, such as APIKeyMissing for API_KEY_MISSING. A first word that starts with
// a digit keeps its case, such as 42P01. A sign before a number is spelled out, digits
// that something parts stay apart, and what does not start with a letter that has an
// upper case starts with prefix. It is empty for a text without letters and digits.
func Exported(text, prefix string) string {
	var name strings.Builder
	name.WriteString(sign(text))
	for i, word := range Words(text) {
		if s := name.String(); s != "" && unicode.IsDigit(rune(s[len(s)-1])) && unicode.IsDigit([]rune(word)[0]) {
			name.WriteByte('_')
		}
		if i > 0 || !unicode.IsDigit([]rune(word)[0]) {
			word = camel(word)
		}
		name.WriteString(word)
	}
	s := name.String()
	if len(Words(text)) == 0 {
		return ""
	}
	if sign(text) != "" || !unicode.IsUpper([]rune(s)[0]) {
		return prefix + s
	}
	return s
}

// sign spells the sign of a text that is a signed number.
func sign(text string) string {
	if len(text) < 2 || text[1] < '0' || text[1] > '9' {
		return ""
	}
	switch text[0] {
	case '-':
		return "Minus"
	case '+':
		return "Plus"
	}
	return ""
}

// camel writes a word as part of an identifier.
func camel(word string) string {
	upper := strings.ToUpper(word)
	letters := strings.TrimRightFunc(upper, unicode.IsDigit)
	if initialisms()[letters] {
		return upper
	}
	if singular, ok := strings.CutSuffix(upper, "S"); ok && plurals()[singular] {
		return singular + "s"
	}
	runes := []rune(strings.ToLower(word))
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}

// Title returns a name as words for people, such as "Wrong user key" for
// wrong_user_key.
func Title(name string) string {
	words := Words(name)
	for i, word := range words {
		if letters := strings.TrimRightFunc(strings.ToUpper(word), unicode.IsDigit); initialisms()[letters] {
			words[i] = strings.ToUpper(word)
			continue
		}
		words[i] = strings.ToLower(word)
	}
	runes := []rune(strings.Join(words, " "))
	if len(runes) == 0 {
		return name
	}
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}

// maxSlug is the length over which a slug is cut.
const maxSlug = 80

// Slug returns a text as the name of a page: lower-case ASCII letters and digits
// with hyphens between. Other scripts are transliterated, which readers of an address
// make more of than of a hash; han characters as in Mandarin. A text that has no letter
// or digit, or one that a page can't be named after, gets the start of its hash.
func Slug(text string) string {
	spelled := strings.ToLower(latin(text))
	if s := sign(text); s != "" {
		spelled = strings.ToLower(s) + "-" + spelled[1:]
	}
	var slug strings.Builder
	for _, r := range spelled {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			slug.WriteRune(r)
		} else if s := slug.String(); s != "" && s[len(s)-1] != '-' {
			slug.WriteByte('-')
		}
	}
	s := strings.TrimRight(slug.String(), "-")
	switch {
	case s == "":
		return "code-" + hash(text)
	case len(s) > maxSlug:
		return strings.TrimRight(s[:maxSlug], "-") + "-" + hash(text)
	case Reserved(s), s == "index", s == "readme": // pages of a folder, to site generators
		return s + "-" + hash(text)
	}
	return s
}

// latin returns a text in ASCII letters.
func latin(text string) string {
	for _, r := range text {
		if r >= utf8.RuneSelf {
			return unidecode.Unidecode(text)
		}
	}
	return text
}

// UniqueSlug returns the slug of a text, marked as the text's own: for a text
// whose slug another has.
func UniqueSlug(text string) string { return Slug(text) + "-" + hash(text) }

// Foreign reports whether tools keep a folder of a name for themselves: the go command
// builds no package in it, or others fill it. Nothing is generated there.
func Foreign(name string) bool {
	return name == "node_modules" || name == "testdata" || name == "vendor"
}

// Reserved reports whether a lower-case name can't be that of a file or a folder
// on some systems, where it is a device.
func Reserved(name string) bool { return devices()[name] }

var devices = set("con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9")

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}
