// Package errkbotel records what the loops of package classify do as OpenTelemetry metrics and
// spans. It is a module apart, so that a program without OpenTelemetry doesn't depend on it.
//
// [Hooks] makes hooks for the Options of a Do, an Attempts, a Job or a Transport:
//
//	hooks, err := errkbotel.Hooks(errkbotel.Options{})
//	options := classify.Options{Catalog: fastcaptcha.Catalog(), Hooks: hooks}
//
// The names are those of the semantic conventions of OpenTelemetry 1.43.0 where these have
// one: error.type, http.request.resend_count, http.response.status_code. The others begin with
// errkb. No attribute holds what a reply says for people, nor a key, an address or a request id.
package errkbotel
