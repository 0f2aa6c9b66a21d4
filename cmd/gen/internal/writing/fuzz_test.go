package writing_test

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/serve"
	"github.com/errkb/errkb/cmd/gen/internal/golang/golangtest"
	"github.com/errkb/errkb/cmd/gen/internal/writing"
)

// FuzzValues has any values in messages, names of fields and request ids: each reply is read
// as the code that was written, in every form.
func FuzzValues(f *testing.F) {
	a := golangtest.Args().APIs[0]
	plan, table := writing.New(a), a.Table()
	for _, value := range []string{"", "2 MiB", `"}`, "</Message><Code>TOO_LATE</Code>", "{{limit}}", "\x00\xff\r\n", "TOO_LATE", "<![CDATA[", "]]>", "&amp;", strings.Repeat("x", 5000)} {
		f.Add(value, value)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, m := range plan.Made {
			values := slices.Repeat([]string{first, second}, 3)[:len(m.Serve.Args)]
			rest := ""
			if m.Entry.Kind == classify.KindPrefix {
				rest = "30"
			}
			for i, form := range plan.API.Forms {
				if slices.Contains(m.Serve.Skip, i) {
					t.Fatalf("%s is not written in the form %s", m.Entry.Code, form.Name)
				}
				out := httptest.NewRecorder()
				err := serve.NewPrefixed(&plan.API, &m.Serve, rest, values...)
				serve.Responder{API: &plan.API, Form: form.Name}.Write(out, httptest.NewRequest("GET", "/", nil), err)
				d := table.Classify(classify.Reply{Status: out.Code, Header: out.Header(), Body: out.Body.Bytes()})
				if d.Entry != table.ByNumber(m.Entry.Number) || d.Action == classify.OK {
					t.Errorf("%q in the form %s is read as %s %q", out.Body, form.Name, d.Source, d.Code)
				}
			}
		}
	})
}
