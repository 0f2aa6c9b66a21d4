package classify

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
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

// errorText returns the text of an error, in which the addresses have neither user
// nor query. It survives what a nil pointer in an error does, as fmt does.
func errorText(err error) string {
	text := fmt.Sprint(err)
	for _, address := range addressesIn(err) {
		short := shortAddress(address)
		text = strings.ReplaceAll(text, strconv.Quote(address), strconv.Quote(short))
		text = strings.ReplaceAll(text, address, short)
	}
	return shortAddresses(text)
}

// addressesIn returns the addresses of an HTTP client's errors, which can hold any
// character.
func addressesIn(err error) (addresses []string) {
	defer func() {
		if recover() != nil {
			addresses = nil
		}
	}()
	some(err, func(err error) bool {
		if failed, ok := err.(*url.Error); ok && failed.URL != "" {
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
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address
	}
	host, path, hasPath := strings.Cut(rest, "/")
	host = host[strings.LastIndexByte(host, '@')+1:]
	if hasPath {
		path = "/" + path
	}
	return scheme + "://" + host + path
}
