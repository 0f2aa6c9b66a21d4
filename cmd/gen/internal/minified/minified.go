// Package minified reads the scripts and styles that the module cmd/gen/minify writes, so that
// sites have them as short as they can be, and what writes them need not be part of the command.
package minified

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"strings"
)

// Mark returns the first line of what is minified of a source, which tells it from others: a
// comment in scripts and in styles.
func Mark(source string) string {
	return fmt.Sprintf("/* Minified from what has the SHA-256 sum %x. */\n", sha256.Sum256([]byte(source)))
}

// Text returns a minified file without its first line.
func Text(files embed.FS, name string) string {
	_, text, _ := strings.Cut(string(read(files, name)), "\n")
	return strings.TrimSuffix(text, "\n")
}

// Stale returns those of some sources, by their names, of which a file in the folder minified
// is not: make generate writes it again.
func Stale(files embed.FS, sources map[string]string) (names []string) {
	for name, source := range sources {
		if !strings.HasPrefix(string(read(files, name)), Mark(source)) {
			names = append(names, name)
		}
	}
	return names
}

func read(files embed.FS, name string) []byte {
	content, err := files.ReadFile("minified/" + name)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return content
}
