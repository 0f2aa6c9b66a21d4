// Package e2e holds the tests that need more than Go: a real browser for the
// site, the markdown processors of other tools for the pages of the docs, the
// language server of editors for specs, and clients of help desks for replies.
// It is a separate module, so that what these tests use is not a requirement of
// the command. Run make test-browser: it installs what is missing.
package e2e
