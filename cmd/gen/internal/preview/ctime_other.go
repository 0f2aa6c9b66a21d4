//go:build !linux && !darwin

package preview

import "os"

// changeTime returns nil: here a file is known by its size and its time of modification.
func changeTime(os.FileInfo) any { return nil }
