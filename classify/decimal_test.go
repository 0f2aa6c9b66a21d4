package classify

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"
)

var numbers = []string{
	"0", "-0", "0.0", "0e5", "1", "-1", "1.0", "10e-1", "0.1e1", "1e0", "1E+0", "100", "1e2", "0.5", "5e-1", "429", "429.0", "4.29e2", "429.00000000000000001",
	"9007199254740992", "9007199254740993", "9007199254740993.0", "9.007199254740993e15", "1e400", "10e399", "2e400", "1e-400", "0.1", "0.10000000000000000001",
	"1e999999999", "1e1000000000", "10e999999999", "1e99999999999999999999", "0.000001", "1e-6", "1000000", "10.50", "10.5", "1.05e1", "12.", "x", "", "-",
}

// TestSameNumber compares numbers by their value, however many digits they have.
func TestSameNumber(t *testing.T) {
	for _, a := range numbers {
		for _, b := range numbers {
			checkNumbers(t, a, b)
		}
	}
}

// FuzzSameNumber compares numbers as math/big does.
func FuzzSameNumber(f *testing.F) {
	for i, a := range numbers {
		f.Add(a, numbers[(i+1)%len(numbers)])
	}
	f.Fuzz(checkNumbers)
}

func checkNumbers(t *testing.T, a, b string) {
	for _, number := range []string{a, b} {
		if _, exponent, _ := strings.Cut(strings.ToLower(number), "e"); !json.Valid([]byte(number)) || strings.Trim(number, "-+.eE0123456789") != "" || len(exponent) > 4 {
			sameNumber(a, b) // math/big would write all the zeros
			return
		}
	}
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	if !okX || !okY {
		t.Fatalf("%q or %q is not a number", a, b)
	}
	if want := x.Cmp(y) == 0; sameNumber(a, b) != want || sameScalar(a, &Scalar{Number, b}) != want {
		t.Errorf("%s is %s: got %t and %t, want %t", a, b, sameNumber(a, b), sameScalar(a, &Scalar{Number, b}), want)
	}
	n, _ := newDecimal(a)
	whole, ok := n.appendWhole(nil)
	limit := new(big.Int).Lsh(big.NewInt(1), 53)
	if want := x.IsInt() && x.Num().CmpAbs(limit) < 0; ok != want || ok && string(whole) != x.Num().String() {
		t.Errorf("%s is the integer %s, %t; want %s, %t", a, whole, ok, x.Num(), want)
	}
}
