package preview

import (
	"os"
	"syscall"
)

// changeTime returns when a file was last written to or its time was set, in a form that
// tells two such moments apart.
func changeTime(info os.FileInfo) any {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return stat.Ctim
	}
	return nil
}
