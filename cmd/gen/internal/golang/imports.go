package golang

import (
	"bytes"
)

// groupImports sets the runtime's import apart from those of the standard
// library, as gofmt never does: everything else that generated code
// imports is standard.
func groupImports(source []byte) []byte {
	own := []byte("\t\"" + classifyPath + "\"\n")
	start := bytes.Index(source, []byte("\nimport (\n"))
	if start < 0 {
		return source
	}
	start += len("\nimport (\n")
	end := start + bytes.Index(source[start:], []byte("\n)\n")) + 1
	block := source[start:end]
	standard := bytes.Replace(block, own, nil, 1)
	if len(standard) == len(block) || len(standard) == 0 {
		return source
	}
	return bytes.Join([][]byte{source[:start], standard, []byte("\n"), own, source[end:]}, nil)
}
