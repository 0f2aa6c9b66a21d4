// Package e2e holds the tests that need more than Go: a real browser for the
// site, and the markdown processors of other tools for the pages of the docs.
// It is a module of its own, so that what these tests use is no requirement of
// the command. Run make test-browser: it installs what is missing.
package e2e
