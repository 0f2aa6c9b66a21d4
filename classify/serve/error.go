package serve

import (
	"strings"
	"time"
)

// Error is an error of an API, as its server answers with it. The functions of generated
// packages return one.
type Error struct {
	api     *API
	entry   *Entry
	rest    string
	message string
	cause   error
	delay   time.Duration
	field   string
}

// New returns the error of an entry of an API, with the values of its arguments as a message
// has them. It is for generated packages.
func New(api *API, entry *Entry, args ...string) *Error {
	return &Error{api: api, entry: entry, message: entry.message(args), delay: entry.Wait}
}

// message returns the message with the values of its arguments.
func (e *Entry) message(args []string) string {
	if len(args) == 0 || len(args) != len(e.Args) {
		return e.Message
	}
	pairs := make([]string, 0, 2*len(args))
	for i, name := range e.Args {
		pairs = append(pairs, "{{"+name+"}}", args[i])
	}
	return strings.NewReplacer(pairs...).Replace(e.Message) // which looks at no value again
}

// NewPrefixed returns the error of a code that an entry has the start of. It is for
// generated packages.
func NewPrefixed(api *API, entry *Entry, rest string, args ...string) *Error {
	e := New(api, entry, args...)
	e.rest = rest
	return e
}

// Wrap returns the error with a cause, which errors.Is and errors.As find. The cause is in
// the text of Error and in nothing that is sent.
func (e *Error) Wrap(cause error) *Error {
	changed := *e
	changed.cause = cause
	return &changed
}

// WithRetryAfter returns the error with how long the client is to wait before it sends the
// request again, in place of what the catalog says. Zero says nothing.
func (e *Error) WithRetryAfter(delay time.Duration) *Error {
	changed := *e
	changed.delay = max(0, delay)
	return &changed
}

// WithField returns the error with the name of the part of the request that is at fault. It
// is sent where the catalog says where a reply names one.
func (e *Error) WithField(name string) *Error {
	changed := *e
	changed.field = name
	return &changed
}

// Code returns the code, as sent.
func (e *Error) Code() string { return e.entry.Code + e.rest }

// Status returns the HTTP status, as sent.
func (e *Error) Status() int { return e.entry.status() }

// isNone reports whether the error is none that New made.
func (e *Error) isNone() bool { return e == nil || e.entry == nil }

// Message returns the text for people, as sent.
func (e *Error) Message() string { return e.message }

// Error returns the code, the message and the cause, for the server's log.
func (e *Error) Error() string {
	if e.isNone() {
		return "no error of an API"
	}
	text := e.Message()
	if code := e.Code(); code != "" {
		text = code + ": " + text
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error {
	if e.isNone() {
		return nil
	}
	return e.cause
}

// Is reports whether target is the code of the generated client package, or an error of the
// same entry.
func (e *Error) Is(target error) bool {
	if e.isNone() {
		return false
	}
	if other, ok := target.(*Error); ok {
		return other != nil && other.entry == e.entry
	}
	return e.entry.Is != nil && target == e.entry.Is
}
