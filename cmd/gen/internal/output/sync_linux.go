//go:build amd64 || arm64

package output

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

const canSyncTogether = true

// syncTogether syncs the file systems of some directories under a root, mostly one, with
// what was written to them.
func syncTogether(root *os.Root, dirs []string) error {
	synced := map[uint64]bool{}
	for _, name := range dirs {
		dir, err := root.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // another run has just removed it: its files are written again
		}
		if err != nil {
			return err
		}
		var stat syscall.Stat_t
		err = syscall.Fstat(int(dir.Fd()), &stat)
		if err == nil && !synced[stat.Dev] {
			synced[stat.Dev] = true
			err = syncfs(dir)
		}
		dir.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// syncfs syncs the file system that a file is on. Package syscall has no name for it.
func syncfs(f *os.File) error {
	number := uintptr(306) // amd64
	if runtime.GOARCH == "arm64" {
		number = 267
	}
	if _, _, errno := syscall.Syscall(number, f.Fd(), 0, 0); errno != 0 {
		return os.NewSyscallError("syncfs", errno)
	}
	return nil
}
