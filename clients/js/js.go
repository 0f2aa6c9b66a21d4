// Package js is the interpreter of decision tables in JavaScript, which is also
// the npm package errkb. The site has it in its own script.
package js

import (
	_ "embed"
	"strings"
)

//go:embed decide.js
var module string

// Script returns the interpreter without its export, so that it can stand in a
// classic script, and the names that it exports.
func Script() (source string, exports []string) {
	source, export, _ := strings.Cut(module, "\nexport {")
	for name := range strings.SplitSeq(strings.Trim(export, " };\n"), ",") {
		exports = append(exports, strings.TrimSpace(name))
	}
	return source + "\n", exports
}
