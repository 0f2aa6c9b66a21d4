package output

import (
	"crypto/rand"
	"strings"
)

// The names of temporary files are short whatever the name of the file to
// replace, and differ from run to run, so that two runs at once don't meet.
const (
	temporaryPrefix = ".errkb-"
	temporarySuffix = ".tmp"
)

func temporaryName() string { return temporaryPrefix + rand.Text() + temporarySuffix }

func isTemporary(element string) bool {
	return strings.HasPrefix(element, temporaryPrefix) && strings.HasSuffix(element, temporarySuffix)
}
