// Package classify decides what an API's reply means, and sends a request again
// where that helps and does no harm. It is the runtime of the code that errkb
// generates, and imports the standard library only.
//
// # Which function for what
//
// A generated package holds one API's error catalog as a static [Catalog]. To follow
// it, choose one entry point for each call:
//
//   - [Do] runs a function of yours until it succeeds, and stops where the catalog,
//     the context or a [Budget] says so. Start here.
//   - [Attempts] does the same for a loop that you write out.
//   - [Transport] does the same inside an http.Client, for code that you can't change.
//   - [Job] submits a task and polls for its result, for an API that takes the work
//     first and answers later.
//   - [Catalog.CheckRetry], [Catalog.Retryable] and [Catalog.Marker] put the catalog
//     into a retry library that you have already.
//   - [Catalog.Classify] only says what one reply means. The rest is yours.
//
// [Catalog.With] makes a copy of a catalog with other policies or actions. What callers of
// an API share is a [Budget] for their retries and a [Gate], by which all of them wait when
// one is told to.
//
// All of them end in an [*Error], which holds the last [Decision], the reason, and
// what to do about it. errors.Is finds the generated package's own codes in it.
//
// # Three questions
//
// Each question has one answerer, and everything in the package asks it.
//
//   - What does this reply say? [Catalog.Read] looks for success and for a code, and
//     returns a [Reading]: the evidence.
//   - What does that mean? [Catalog.Classify] holds the reading against the catalog and
//     returns a [Decision]: what to do, how long to wait, and [Decision.Why].
//   - May the call be made again? [Decision.Resend] answers with the wait or the reason
//     not to. [Decision.Next] is the same in short.
//
// # What is safe
//
// The zero values stop: a zero Decision fails, a zero [Policy] allows no retry. A
// request that may have taken effect is sent again only if it can be repeated. A
// cancelled call is never made again. A wait that the server asks for is never
// shortened, and one that is too long stops the loop. No input makes a negative wait,
// a busy loop or a panic. What the catalog calls secret is in no decision and in no text
// of an error; [Catalog.Redact] cuts it from other texts. What a function returns to you is
// yours: the package does not write into it afterwards.
//
// # Compatibility
//
// The package follows semantic versioning, with the module; docs/compatibility.md there
// says what that means for each part. Within a major version no exported name goes away or
// changes its type. New fields can be added to structs, and new constants to [Reason],
// [Kind] and [Failure]: name the fields of composite literals, and give a switch a default. The texts of Error, Why and String are for
// people and can change in any version; test with errors.Is and the constants instead.
// Generated code states the table layout that it was made for, so that an update of this
// package without a new go generate fails to compile and never misreads a table. That layout
// is package packed: it, [Table], [NewTable], [FactsOf], [Plan], [PlanOf], [Target] and what [Catalog] holds of them are
// for generated code and the generator alone, and may change with the layout in any version.
package classify
