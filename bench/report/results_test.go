package main

import (
	"errors"
	"strings"
	"testing"
)

const output = `goos: linux
cpu: Some CPU
BenchmarkSuccess/retry-go-2     	26707927	         9.496 ns/op	         7.25 cpu-ns/op	       8 B/op	       1 allocs/op
PASS
`

func TestReadBenchmark(t *testing.T) {
	got, err := readBenchmark(output)
	if want := (figures{Time: 7.25, Bytes: 8, Allocs: 1}); err != nil || got != want {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if cpu := readProcessor(output); cpu != "Some CPU" {
		t.Errorf("the CPU is %q", cpu)
	}
	for _, other := range []string{"PASS\n", output + output, strings.ReplaceAll(output, "cpu-ns/op", "")} {
		if _, err := readBenchmark(other); err == nil {
			t.Errorf("no error for\n%s", other)
		}
	}
}

// A figure is that of a good turn, whatever the others took.
func TestOf(t *testing.T) {
	r := newResults()
	for i := range 20 {
		r.add("Success", own, figures{Time: float64((i*7)%20 + 1), Bytes: 8, Allocs: float64(i % 2)})
	}
	if got, ok := r.of("Success", own); !ok || got != (figures{Time: 3, Bytes: 8, Allocs: 1}) {
		t.Errorf("got %v, %v", got, ok)
	}
	r.add("Success", bare, figures{Time: 5})
	if got, ok := r.of("Success", bare); !ok || got != (figures{Time: 5}) {
		t.Errorf("one turn: %v, %v", got, ok)
	}
	if _, ok := r.of("Success", "gax-go"); ok {
		t.Error("a row without a turn has figures")
	}
}

func TestTake(t *testing.T) {
	r := newResults()
	var order strings.Builder
	of := func(row string, turns int) task {
		return task{"Group", row, turns, func() (figures, error) { order.WriteString(row); return figures{Time: 1}, nil }}
	}
	if err := take([]task{of("a", 30), of("b", 30), of("c", 2)}, r); err != nil {
		t.Fatal(err)
	}
	for row, want := range map[string]int{"a": 30, "b": 30, "c": 2} {
		if got := len(r.turns["Group"][row]); got != want {
			t.Errorf("%s has had %d turns, want %d", row, got, want)
		}
	}
	if strings.Contains(order.String(), strings.Repeat("a", 30)) {
		t.Errorf("the turns are not in random order: %s", order.String())
	}
	failing := task{"Group", "d", 1, func() (figures, error) { return figures{}, errors.New("broken") }}
	if err := take([]task{failing}, r); err == nil || err.Error() != "Group, d: broken" {
		t.Errorf("got %v", err)
	}
}

func TestHold(t *testing.T) {
	tests := []struct {
		name    string
		is, was float64
		want    string
	}{
		{"faster", 50, 100, ""},
		{"within the limit", 119, 100, ""},
		{"slower", 121, 100, "over 1.20 times what it took in v1.0.0: Success"},
		{"nothing to compare", 121, 0, "v1.0.0 has no benchmark to compare with"},
	}
	for _, test := range tests {
		r := newResults()
		r.add("Success", own, figures{Time: test.is})
		r.add("Success", bare, figures{Time: 1})
		if test.was > 0 {
			r.add("Success", before, figures{Time: test.was})
		}
		got := ""
		if err := hold(r, "v1.0.0", 1.2); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestPage(t *testing.T) {
	r := newResults()
	r.add("Success", bare, figures{Time: 2})
	r.add("Success", own, figures{Time: 79})
	r.add("Success", before, figures{Time: 60})
	r.add("Success", "errkb-timed", figures{Time: 40})
	r.add("Success", "retry-go", figures{Time: 7.5, Bytes: 8, Allocs: 1})
	r.add("Client", bare, figures{Time: 700})
	r.add("Start", own, figures{Time: 2.5e6, Bytes: 5.26e6})
	r.add("Start", "errkb-10", figures{Time: 2.4e6, Bytes: 5.1e6})
	m := machine{Go: "go1.26", Before: "v1.0.0", Versions: map[string]string{"github.com/avast/retry-go/v5": "v5.1.1"}}
	got := string(page(r, m))
	for _, want := range []string{
		"| 77 ns on top of 700 ns | no |",
		"| a program with 10,000 codes starts as fast as one with 10 | 1.04 times | yes |",
		"| nothing is slower than in v1.0.0 | A call that succeeds (1.32 times) | no |",
		"| row | ns | ratio | B/op | allocs/op | by |",
		"| **errkb** | 79 | 1.00 | 0 | 0 | classify.Do |\n| errkb before | 60 | 0.76 | 0 | 0 | the same in v1.0.0 |",
		"| retry-go | 7.5 | 0.09 | 8 | 1 | RetrierWithData.Do, made once |",
		"- retry-go is faster: ",
		"| row | ms | ratio | MB | by |",
		"| **errkb** | 2.5 | 1.00 | 5.3 | 10,000 codes |",
		"| github.com/avast/retry-go/v5 | v5.1.1 |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not hold %q:\n%s", want, got)
		}
	}
	for _, no := range []string{"bare is faster", "before is faster", "timed tries is faster"} {
		if strings.Contains(got, no) {
			t.Errorf("the page takes a row of errkb or the base line for a rival: %s", no)
		}
	}
	m.Before = ""
	if got := string(page(r, m)); strings.Contains(got, "nothing is slower") {
		t.Error("the page compares with a build that there is none of")
	}
}
