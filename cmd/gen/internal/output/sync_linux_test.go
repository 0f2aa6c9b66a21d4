package output

import (
	"os"
	"testing"
)

// TestSyncTogether passes over a directory that another run has removed, and tells what
// else goes wrong.
func TestSyncTogether(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := syncTogether(root, []string{"gone", "."}); err != nil {
		t.Error(err)
	}
	root.Close()
	if err := syncTogether(root, []string{"."}); err == nil {
		t.Error("no error for a root that is closed")
	}
}
