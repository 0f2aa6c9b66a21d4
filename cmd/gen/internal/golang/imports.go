package golang

import (
	"bytes"
	"slices"
)

// groupImports sets the imports of the given paths apart from those of the standard library,
// as gofmt never does: everything else that generated code imports is standard.
func groupImports(source []byte, paths ...string) []byte {
	start := bytes.Index(source, []byte("\nimport (\n"))
	if start < 0 {
		return source
	}
	start += len("\nimport (\n")
	end := start + bytes.Index(source[start:], []byte("\n)\n")) + 1
	var standard, own []byte
	for line := range bytes.SplitAfterSeq(source[start:end], []byte("\n")) {
		path := string(bytes.Trim(line, "\t\"\n"))
		if slices.Contains(paths, path) {
			own = append(own, line...)
		} else {
			standard = append(standard, line...)
		}
	}
	if len(own) == 0 || len(standard) == 0 {
		return source
	}
	return slices.Concat(source[:start], standard, []byte("\n"), own, source[end:])
}
