package serve

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// accepted returns how much the Accept fields of a request want a media type, from 0 to 1
// (RFC 9110 section 12.5.1). Without such a field, every type is wanted alike. An empty
// type is that of no body, which only a field for all types speaks of.
func accepted(h http.Header, mediaType string) float64 {
	fields := h.Values("Accept")
	if len(fields) == 0 {
		return 1
	}
	quality, precision := 0.0, -1
	for part := range strings.SplitSeq(strings.Join(fields, ","), ",") {
		name, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if p := matches(name, mediaType); p > precision {
			quality, precision = qualityOf(parameters["q"]), p
		}
	}
	return quality
}

// matches returns how precisely a range of media types names one, and -1 if it does not.
func matches(name, mediaType string) int {
	kind, _, _ := strings.Cut(mediaType, "/")
	switch name {
	case "*/*":
		return 0
	case kind + "/*":
		return 1
	case mediaType:
		return 2
	}
	return -1
}

// qualityOf reads a weight; without one that can be read it is 1.
func qualityOf(text string) float64 {
	q, err := strconv.ParseFloat(text, 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return 1
	}
	return q
}
