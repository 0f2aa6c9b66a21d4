// Package corpus has nothing but tests. They put documents that others wrote through the
// command: descriptions of well-known APIs, the error lists of vendors and YAML files, out of
// public modules that sources.sum pins. Nothing of them is kept here but a few facts. go test
// runs a small part, make corpus all of it.
package corpus
