package attack

import (
	"maps"
	"os"
	"strings"
	"testing"
)

// TestSameEverywhere writes the same bytes wherever the command runs.
func TestSameEverywhere(t *testing.T) {
	a := prepare(t)
	for _, set := range []string{
		"GOMAXPROCS=1", "GOMAXPROCS=7", "GOGC=1", "TZ=Asia/Kathmandu", "TZ=America/St_Johns", "LC_ALL=tr_TR.UTF-8", "LANG=ar_EG.UTF-8", "LANGUAGE=de", "HOME=/nowhere", "PATH=", "NO_COLOR=1", "TERM=dumb",
	} {
		dir := a.copy(t)
		cmd, output := command(t, dir, append([]string{gen}, generate...)...), new(strings.Builder)
		cmd.Stdout, cmd.Stderr = output, output
		cmd.Env = append(os.Environ(), set)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if r := finish(t, cmd, output); r.status != 0 {
			t.Errorf("%s: status %d\n%s", set, r.status, r.output)
		}
		if left := filesOf(t, dir); !maps.Equal(left, a.after) {
			t.Errorf("%s: these differ: %s", set, difference(left, a.after))
		}
	}
}
