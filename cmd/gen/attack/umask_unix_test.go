//go:build unix

package attack

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMasks writes the same under any mask of permissions, and gives nobody more than the mask
// leaves.
func TestMasks(t *testing.T) {
	a := prepare(t)
	for mask, forbidden := range map[string]fs.FileMode{"000": 0, "022": 0o022, "027": 0o027, "077": 0o077} {
		dir := a.copy(t)
		r := run(t, dir, "sh", "-c", "umask "+mask+"; exec "+gen+" "+strings.Join(generate, " "))
		if left := filesOf(t, dir); r.status != 0 || !maps.Equal(left, a.after) {
			t.Errorf("umask %s: status %d, and these differ: %s\n%s", mask, r.status, difference(left, a.after), r.output)
		}
		for name, content := range a.after {
			if before, isOld := a.before[name]; content == isDirectory || isOld && before == content {
				continue
			}
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if _, isOld := a.before[name]; !isOld && info.Mode().Perm()&forbidden != 0 {
				t.Errorf("umask %s: %s has the mode %s", mask, name, info.Mode())
			}
		}
	}
}
