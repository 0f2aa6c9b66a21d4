package diag_test

import (
	"bytes"
	"encoding/json"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// many returns warnings and then errors, one a column of the first line.
func many(warnings, errors int) []diag.Problem {
	var all []diag.Problem
	for i := range warnings + errors {
		p := problem(1, i+1)
		if i < warnings {
			p.Severity = diag.Warning
		}
		all = append(all, p)
	}
	return all
}

// TestManyProblems has more problems than are printed. An error is not left out for a
// warning before it.
func TestManyProblems(t *testing.T) {
	for _, test := range []struct {
		warnings, errors int // that there are
		shown, wrong     int // of both, and of errors
		more             string
	}{
		{diag.Shown - 1, 1, diag.Shown, 1, ""},
		{diag.Shown, 1, diag.Shown, 1, "and 1 more: 0 errors, 1 warnings\n"},
		{1000, diag.Shown + 50, diag.Shown, diag.Shown, "and 1050 more: 50 errors, 1000 warnings\n"},
		{0, 1_000_000, diag.Shown, diag.Shown, "and 999800 more: 999800 errors, 0 warnings\n"},
	} {
		problems := many(test.warnings, test.errors)
		got := text(t, "x", diag.Style{}, problems...)
		if n := strings.Count(got, "[some-rule]"); n != test.shown {
			t.Errorf("%d of %d problems are printed, want %d", n, len(problems), test.shown)
		}
		if n := strings.Count(got, ": error: "); n != test.wrong {
			t.Errorf("%d of %d errors are printed, want %d", n, test.errors, test.wrong)
		}
		if test.more != "" && !strings.HasSuffix(got, "\n"+test.more) || test.more == "" && strings.Contains(got, " more: ") {
			t.Errorf("text ends in %q, want %q", got[len(got)-60:], test.more)
		}
		var out bytes.Buffer
		if err := diag.GitHub(&out, problems); err != nil || test.more != "" && !strings.HasSuffix(out.String(), "\n::notice::"+test.more) {
			t.Errorf("commands end in %q, %v", out.String()[out.Len()-60:], err)
		}
		var report struct {
			Problems []json.RawMessage
			More     struct{ Errors, Warnings int }
		}
		out.Reset()
		if err := diag.JSON(&out, problems); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out.Bytes(), &report); err != nil {
			t.Fatal(err)
		}
		if len(report.Problems) != test.shown || report.More.Errors != test.errors-test.wrong || report.More.Warnings != test.warnings-(test.shown-test.wrong) {
			t.Errorf("JSON has %d problems and %+v more", len(report.Problems), report.More)
		}
	}
}

// TestLongLine prints many problems of one line: what is read of it is a part, not the
// whole for each.
func TestLongLine(t *testing.T) {
	line := bytes.Repeat([]byte("abcdefg "), 1<<19)
	var problems []diag.Problem
	for i := range diag.Shown {
		problems = append(problems, problem(1, (i+1)*len(line)/diag.Shown))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := diag.Text(io.Discard, problems, diag.Style{Sources: map[string][]byte{"e.yaml": line}}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > uint64(len(line)) {
		t.Errorf("%d problems of a line of %d bytes take %d bytes", len(problems), len(line), n)
	}
}

func TestLines(t *testing.T) {
	l := diag.NewLines([]byte("\ufeffäb\r\n\ncd"))
	for _, test := range []struct {
		line, column int
		text         string
		offset       int
		ok           bool
	}{
		{1, 2, "äb", 2, true}, {1, 9, "äb", 3, true}, {1, 1, "äb", 0, true}, {3, 2, "cd", 1, true}, {2, 1, "", 0, true},
		{3, 1, "cd", 0, true}, {4, 1, "", 0, false}, {0, 1, "", 0, false}, {1, 0, "", 0, false}, {1, 3, "äb", 3, true},
	} {
		text, offset, ok := l.Find(test.line, test.column)
		if string(text) != test.text || offset != test.offset || ok != test.ok {
			t.Errorf("Find(%d, %d) = %q, %d, %v; want %q, %d, %v", test.line, test.column, text, offset, ok, test.text, test.offset, test.ok)
		}
	}
}

// TestListTrims finds very many problems from the end of the file to its start, errors among
// warnings: the first of each are kept, and all are counted.
func TestListTrims(t *testing.T) {
	const n = 60_000
	var list diag.List
	for line := n; line > 0; line-- {
		at := diag.Place{File: "e.yaml", Line: line, Column: 1}
		if line%4 == 0 {
			list.Errorf(at, "some-rule", "wrong")
		} else {
			list.Warnf(at, "some-rule", "odd")
		}
	}
	if all := diag.Count(list); all.Errors != n/4 || all.Warnings != n-n/4 || len(list) > n/2 {
		t.Errorf("%d are kept of %+v", len(list), all)
	}
	diag.Sort(list)
	errors := 0
	for _, p := range list {
		if p.Severity == diag.Error {
			if errors++; p.Line != 4*errors {
				t.Fatalf("error %d is in line %d", errors, p.Line)
			}
		}
	}
	if errors < diag.Shown {
		t.Errorf("%d errors are kept", errors)
	}
}
