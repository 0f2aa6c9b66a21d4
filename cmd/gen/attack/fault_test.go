package attack

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// calls are the system calls on files of which one at a time fails.
var calls = []string{
	"openat", "newfstatat", "fstat", "statx", "read", "pread64", "write", "fsync", "syncfs", "close", "renameat", "renameat2",
	"linkat", "unlinkat", "mkdirat", "getdents64", "fchmod", "fchmodat", "ftruncate", "readlinkat", "lseek", "flock",
}

var faults = []string{"ENOSPC", "EIO", "EACCES", "EMFILE", "EINTR", "EROFS", "EDQUOT"}

// each is how many calls of one name fail, one in each run.
const each = 20

// TestFaults fails system calls, one in each run. It needs strace, and runs in full only: not
// everybody may trace.
func TestFaults(t *testing.T) {
	if !*full {
		t.Skip("only with -full")
	}
	if _, err := exec.LookPath("strace"); err != nil {
		t.Fatal("strace is not there: scripts/need strace")
	}
	a := prepare(t)
	log := filepath.Join(t.TempDir(), "calls")
	traced := func(dir, inject string) result {
		os.Remove(log)
		argv := []string{"strace", "-f", "-qq", "-y", "-e", "trace=" + strings.Join(calls, ","), "-e", "signal=none", "-o", log}
		if inject != "" {
			argv = append(argv, "-e", "inject="+inject)
		}
		return run(t, dir, slices.Concat(argv, []string{gen}, generate)...)
	}
	if r := traced(a.copy(t), ""); r.status != 0 {
		t.Fatalf("strace can't be used here: %s", r.output)
	}
	made := map[string]int{}
	for _, line := range regexp.MustCompile(`(?m)^\d+ +(\w+)\(`).FindAllStringSubmatch(read(t, log), -1) {
		made[line[1]]++
	}
	failed, n := 0, 0
	for _, call := range calls {
		for i := range min(each, made[call]) {
			when := 1 + i*made[call]/min(each, made[call])
			fault := faults[n%len(faults)]
			n++
			dir := a.copy(t)
			r := traced(dir, call+":error="+fault+":when="+strconv.Itoa(when))
			hit := injected.FindString(read(t, log))
			if hit == "" {
				os.RemoveAll(dir)
				continue // the call was made by another thread, which makes fewer
			}
			failed++
			if said.MatchString(hit) {
				r.output += "gen: (what was to be said could not be written)"
			}
			a.judge(t, fmt.Sprintf("%s of call %d of %s", fault, when, hit), dir, r)
		}
	}
	t.Logf("%d of %d runs had a fault", failed, n)
	if failed < n/4 {
		t.Errorf("only %d of %d runs had a fault", failed, n)
	}
}

var (
	injected = regexp.MustCompile(`(?m)^.*\(INJECTED\)$`)
	said     = regexp.MustCompile(`write\([12]<`)
)

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
