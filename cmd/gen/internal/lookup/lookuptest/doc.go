// Package lookuptest has what the lookup is asked in tests, in Go and in a
// browser: codes in every spelling and wrapping, typos, raw replies, texts that
// hold nothing, and catalogs that are hard to tell from other things.
package lookuptest
