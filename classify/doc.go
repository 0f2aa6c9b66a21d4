// Package classify decides what an API's reply means and what to do next: stop,
// retry after a wait, poll again, start over, or use the result.
//
// It is the runtime of the code that errkb generates. A generated package holds
// an API's error catalog as a static [Catalog]; [Catalog.Classify] reads a
// [Reply] against it and answers with a [Decision]. The package imports the
// standard library only.
package classify

// Table2 marks the layout of the tables in this package. Generated code refers
// to the marker of the layout it was made for, so that a generated package and
// a classify that do not fit together fail to compile instead of misbehaving.
const Table2 = true
