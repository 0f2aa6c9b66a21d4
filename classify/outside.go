package classify

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What comes from outside is printed in one way only: the text of a reply is quoted
// and cut, so that no server can write lines into a log, and an address ends with
// its path, since queries hold keys.

// quote quotes a text of a reply, at most the first 80 characters of it.
func quote(text string) string {
	const most = 80
	if short := fmt.Sprintf("%.*s", most, text); short != text {
		return fmt.Sprintf("%q…", short)
	}
	return fmt.Sprintf("%q", text)
}

// plain returns a text of a reply that mostly is a short word, such as the name of a
// task: unquoted if it is printable and short.
func plain(text string) string {
	if quoted := quote(text); quoted != `"`+text+`"` {
		return quoted
	}
	return text
}

// visible returns a text with what is not printable escaped as in a Go string, at
// most the first 1000 characters of it: a server's certificate can hold a newline.
func visible(text string) string {
	const most = 1000
	var out strings.Builder
	n := 0
	for i, r := range text {
		if n++; n > most {
			out.WriteString("…")
			break
		}
		if _, size := utf8.DecodeRuneInString(text[i:]); strconv.IsPrint(r) && (r != utf8.RuneError || size > 1) {
			out.WriteString(text[i : i+size])
		} else {
			quoted := strconv.Quote(text[i : i+size])
			out.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return out.String()
}

// errorText returns the text of an error, in which the addresses have neither user
// nor query, and all is visible. It survives what a nil pointer in an error does, as fmt does.
func errorText(err error) string { return errorTextCut(err, strings.Clone) }

// nilText is the text of a nil pointer in an error, which a function that means to return
// no error returns by mistake.
func nilText(err error) string { return fmt.Sprintf("a nil %T as an error, where nil is meant", err) }

// errorTextCut returns that text after a cut of what is secret in it.
func errorTextCut(err error, cut func(string) string) string {
	text := fmt.Sprint(err)
	if text == "<nil>" && err != nil {
		return nilText(err)
	}
	for _, address := range addressesIn(err) {
		short := shortAddress(address)
		text = strings.ReplaceAll(text, strconv.Quote(address), strconv.Quote(short))
		text = strings.ReplaceAll(text, address, short)
	}
	return visible(shortAddresses(cut(text)))
}

// addressesIn returns the addresses of an HTTP client's errors, which can hold any
// character.
func addressesIn(err error) (addresses []string) {
	defer func() { recover() }()
	some(err, func(err error) bool {
		if failed, ok := err.(*url.Error); ok {
			addresses = append(addresses, failed.URL)
		}
		return false
	})
	return addresses
}

// shortAddresses shortens the addresses in a text, each from its scheme to the next
// space or quote.
func shortAddresses(text string) string {
	const mark = "://"
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(text, mark)
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		end := strings.IndexAny(rest, " \t\r\n\"'`<>(){}")
		if end < 0 {
			end = len(rest)
		}
		address := strings.TrimRight(rest[:end], ":,.;")
		out.WriteString(shortAddress(mark + address))
		text = rest[len(address):]
	}
}

// shortAddress returns an address, absolute or not, without user, query and fragment.
func shortAddress(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return cutQuery(address)
	}
	host, _, _ := strings.Cut(cutQuery(rest), "/")
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		rest = rest[i+1:]
	} else if i := strings.IndexByte(rest, '@'); i >= 0 && !hasPort(host) {
		rest = rest[i+1:] // of a password that holds a mark of the address
	}
	return scheme + "://" + cutQuery(rest)
}

// cutQuery returns an address up to its query or fragment.
func cutQuery(address string) string {
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		return address[:i]
	}
	return address
}

// hasPort reports whether what follows the host, if anything does, is a port.
func hasPort(host string) bool {
	port := host[strings.LastIndexByte(host, ':')+1:]
	return port == host || strings.HasSuffix(host, "]") || strings.Trim(port, "0123456789") == ""
}
