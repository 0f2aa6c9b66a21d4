package golang

import (
	"fmt"
	"go/constant"
	"go/format"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"
)

// TestTextConst reads texts back from the code that they are written as.
func TestTextConst(t *testing.T) {
	var many strings.Builder
	for i := range 3*textGroup + 1 {
		fmt.Fprintf(&many, "line %d of `many`\n", i)
	}
	for _, text := range []string{"A\nB\n", "A\tB\n\n", "", "\n", "`\n", "A\r\n", "\ufeffA\n", "A\xff\n", "a\x00\n", "no line feed", many.String()} {
		f := jen.NewFile("x")
		textConst("text", "text is a text.", text).addTo(f)
		var source strings.Builder
		if err := f.Render(&source); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if formatted, err := format.Source([]byte(source.String())); err != nil || string(formatted) != source.String() {
			t.Errorf("%q is not formatted: %v", text, err)
		}
		_, expression, _ := strings.Cut(source.String(), " = ")
		got, err := types.Eval(token.NewFileSet(), nil, token.NoPos, expression)
		if err != nil || constant.StringVal(got.Value) != text {
			t.Errorf("%q reads as %v, %v", text, got.Value, err)
		}
		if raw := strings.HasPrefix(expression, "`"); raw != isRaw(text) {
			t.Errorf("%q is written as %s", text, expression)
		}
	}
}
