package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// openFile opens a file that the arguments name, or that stands beside one. A named pipe
// or a device is none: to open the one may wait for ever, and the other may have no end.
func openFile(name string) (*os.File, error) {
	if info, err := os.Stat(name); err == nil && !info.IsDir() && !info.Mode().IsRegular() && !isHanded(name, info) {
		return nil, fmt.Errorf("%s is not a regular file", name)
	}
	return os.Open(name)
}

// isHanded reports whether a name stands for a pipe that the process was started with, as
// shells name the output of a command: <(git show HEAD:errors.yaml).
func isHanded(name string, info fs.FileInfo) bool {
	name = filepath.ToSlash(filepath.Clean(name))
	isDescriptor := name == "/dev/stdin" || strings.HasPrefix(name, "/dev/fd/") || strings.HasPrefix(name, "/proc/self/fd/")
	return isDescriptor && info.Mode()&fs.ModeNamedPipe != 0
}

// readFile reads such a file as far as a byte more than it may have, which whoever checks
// its content reports.
func (s *session) readFile(name string) ([]byte, error) { return readFileUpTo(name, s.limit()) }

func readFileUpTo(name string, most int64) ([]byte, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readUpTo(f, most)
}

func (s *session) readAll(r io.Reader) ([]byte, error) { return readUpTo(r, s.limit()) }

func readUpTo(r io.Reader, most int64) ([]byte, error) {
	var content bytes.Buffer
	if f, ok := r.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			content.Grow(int(min(info.Size(), most)) + bytes.MinRead) // all at once
		}
	}
	_, err := content.ReadFrom(io.LimitReader(r, most+1))
	return content.Bytes(), err
}

// limit is how many bytes a spec may have.
func (s *session) limit() int64 { return cmp.Or(s.maxSize, syntax.DefaultSize) }

// maxSizeFlag adds the --max-size flag.
func (s *session) maxSizeFlag(command *cobra.Command) {
	command.Flags().Var((*sizeValue)(&s.maxSize), "max-size", "read specs of up to this `size`, such as 64MiB, and up to a key or value for every 24 bytes of it (default 16MiB)")
}

// sizeValue is a number of bytes as the value of a flag.
type sizeValue int64

func (v *sizeValue) Set(text string) error {
	size, ok := format.ParseSize(text)
	if !ok || size == 0 {
		return errors.New("not a size such as 64MiB")
	}
	*v = sizeValue(size)
	return nil
}

func (v *sizeValue) String() string { return "" }

func (v *sizeValue) Type() string { return "size" }
