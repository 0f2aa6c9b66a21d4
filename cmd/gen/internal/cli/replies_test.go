package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReplies writes a file, compares it, and leaves what is not its own.
func TestReplies(t *testing.T) {
	shop := shopIn(t, t.TempDir())
	for _, format := range []string{"zendesk", "intercom", "helpscout", "freshdesk", "csv", "json"} {
		t.Run(format, func(t *testing.T) {
			out := filepath.Join("desk", "replies."+format)
			args := []string{"replies", "--spec", "shop.yaml", "--format", format, "--out", out}
			checked := append(args, "--check")
			want(t, 1, out+": missing\n", "1 file is not what shop.yaml makes", checked...)
			want(t, 0, "", "gen: wrote 1 of 1 file\n", args...)
			want(t, 0, "", "gen: 1 file, all up to date\n", args...)
			want(t, 0, "", "", checked...)
			printed, _, _ := run("", args[:5]...)
			if written := file(t, out); written != printed {
				t.Errorf("the file is not what is printed:\n%s\n%s", written, printed)
			}
			writeFile(t, "shop.yaml", strings.Replace(shop, "The purse is empty", "No coins", 1))
			want(t, 1, out+":", "1 file is not", checked...)
			want(t, 0, "", "gen: wrote 1 of 1 file\n", args...)
			writeFile(t, "shop.yaml", shop)
			writeFile(t, out, "mine")
			want(t, 1, "", "is not a file of this generator", args...)
			if written := file(t, out); written != "mine" {
				t.Errorf("the file is now %q", written)
			}
		})
	}
	if left, err := filepath.Glob("*"); err != nil || len(left) != 2 {
		t.Errorf("beside the spec there are %v, %v", left, err)
	}
	want(t, 2, "", "is a directory", "replies", "--spec", "shop.yaml", "--format", "json", "--out", "desk"+string(os.PathSeparator))
}

// TestRepliesComplete completes the names of the formats.
func TestRepliesComplete(t *testing.T) {
	stdout, _, status := run("", "__complete", "replies", "--format", "")
	if status != 0 || !strings.HasPrefix(stdout, "zendesk\nintercom\nhelpscout\nfreshdesk\ncsv\njson\n") {
		t.Errorf("exit status %d, %q", status, stdout)
	}
}
