// Package serve is the server's side of a catalog: it writes the errors of an API as the
// catalog says its replies are written, so that the generated client package reads each of
// them back as the same entry.
//
// gen generate --server writes a package for each API, with a function for each code that
// returns an [*Error], and what this package needs to know of the API. A handler returns or
// writes such errors:
//
//	shoperrs.Write(w, r, shoperrs.CardDeclined().Wrap(err))
//
// The cause that [Error.Wrap] keeps is for the server's log: no byte of it is sent. An error
// that is not one of the API's, a panic and the end of a context are answered as such too,
// by [Responder.Handler] and [Responder.HandlerFunc].
//
// [API] and the types that it holds are filled in by the generator. docs/server.md in the
// module shows a whole server.
package serve
