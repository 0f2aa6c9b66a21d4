package main

import (
	"strings"
	"testing"
)

const round = `goos: linux
cpu: Some CPU
BenchmarkSuccess/bare-2         	133429508	         %TIME% ns/op	       0 B/op	       0 allocs/op
BenchmarkSuccess/errkb-2        	 3027993	        78.91 ns/op	       0 B/op	       0 allocs/op
BenchmarkSuccess/retry-go-2     	26707927	         7.496 ns/op	       8 B/op	       1 allocs/op
PASS
`

func TestMedian(t *testing.T) {
	r := newResults()
	for _, time := range []string{"1.5", "90", "2.5"} {
		if err := r.add(strings.ReplaceAll(round, "%TIME%", time)); err != nil {
			t.Fatal(err)
		}
	}
	if r.CPU != "Some CPU" {
		t.Errorf("the CPU is %q", r.CPU)
	}
	if got, ok := r.median("Success", "bare"); !ok || got != (figures{Time: 2.5}) {
		t.Errorf("bare: %v, %v", got, ok)
	}
	if got, ok := r.median("Success", "retry-go"); !ok || got != (figures{Time: 7.496, Bytes: 8, Allocs: 1}) {
		t.Errorf("retry-go: %v, %v", got, ok)
	}
	if _, ok := r.median("Success", "gax-go"); ok {
		t.Error("a library that was not run has a median")
	}
}

func TestAddRefusesOtherOutput(t *testing.T) {
	if err := newResults().add("PASS\n"); err == nil {
		t.Error("no error for output without a benchmark")
	}
}

func TestPage(t *testing.T) {
	r := newResults()
	if err := r.add(strings.ReplaceAll(round, "%TIME%", "2")); err != nil {
		t.Fatal(err)
	}
	got := string(page(r, machine{Go: "go1.26", Versions: map[string]string{"github.com/avast/retry-go/v5": "v5.1.1"}}))
	for _, want := range []string{
		"| **errkb** | 79 | 1.00 | 0 | 0 | classify.Do |",
		"| retry-go | 7.5 | 0.09 | 8 | 1 | RetrierWithData.Do, made once |",
		"- retry-go is faster: ",
		"| github.com/avast/retry-go/v5 | v5.1.1 |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not hold %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "bare call is faster") {
		t.Error("the base line is taken for a rival")
	}
}
