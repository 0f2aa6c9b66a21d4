package fleet

import (
	"database/sql"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
	"github.com/errkb/errkb/spec"
)

var (
	rowsEach = flag.Int("rows", 50000, "rows made at random from each catalog")
	seedFlag = flag.Uint64("seed", 1, "their seed; 0 for another one each time")
)

// row is a row of a log of replies.
type row struct {
	operation string
	status    int
	headers   map[string][]string
	body      string
}

// answer is what is said of a row.
type answer struct {
	source, entry, code      string
	known                    bool
	category, action         string
	variant, override        int
	policy                   string
	retries                  int
	shortest, longest, delay sql.NullInt64
	undecided                string // why nothing is said
}

// inGo is the answer of package classify.
func (r *row) inGo(c *classify.Catalog) answer {
	d := c.Classify(classify.Reply{Status: r.status, Header: http.Header(r.headers), Body: []byte(r.body), Operation: classify.Operation(r.operation)})
	report := d.Report()
	a := answer{
		source: report.Source, entry: d.Entry.Code(), code: report.Code, known: report.Known, category: report.Category, action: report.Action,
		variant: report.Variant, override: report.Override, policy: report.Policy, retries: report.Retries,
	}
	if report.WaitMS != nil {
		a.shortest, a.longest = given(report.WaitMS[0]), given(report.WaitMS[1])
	}
	if report.ServerDelayMS != nil {
		a.delay = given(*report.ServerDelayMS)
	}
	return a
}

func given(n int64) sql.NullInt64 { return sql.NullInt64{Int64: n, Valid: true} }

// rowOf is a sample as a row, which can hold neither a failure nor bytes other than UTF-8.
func rowOf(s modeltest.Sample) (r row, ok bool) {
	r = row{operation: s.Operation, status: s.Status, headers: s.Headers, body: string(s.Body)}
	return r, s.Failure == nil && !s.Cut && utf8.ValidString(r.body)
}

func loadCatalog(t testing.TB, name string, source []byte) *model.Catalog {
	t.Helper()
	c, problems := check.Load(name, source)
	if diag.HasErrors(problems) {
		t.Fatalf("%s: %v", name, problems)
	}
	return c
}

// catalogs are those that the engines are asked about.
func catalogs(t testing.TB) map[string]*model.Catalog {
	read := func(path string) []byte {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return source
	}
	return map[string]*model.Catalog{
		"shipped": loadCatalog(t, "errors.yaml", spec.Errors),
		"vectors": loadCatalog(t, "errors.yaml", read("../../../spec/vectors/errors.yaml")),
		"forms":   loadCatalog(t, "forms.yaml", []byte(lookuptest.FormsSpec)),
		"absent":  loadCatalog(t, "absent.yaml", []byte(lookuptest.AbsentSpec)),
		"hostile": loadCatalog(t, "hostile.yaml", read("../e2e/testdata/hostile.yaml")),
	}
}

// TestAgreement makes replies at random, sound and spoilt, and wants of each row the answer
// of classify or a reason why there is none.
func TestAgreement(t *testing.T) {
	seed := *seedFlag
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("seed %d", seed)
	all := catalogs(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		c := all[name]
		t.Run(name, func(t *testing.T) {
			total, undecided := 0, make(map[string]int)
			for _, a := range c.APIs {
				table := a.Table()
				r := modeltest.NewReplier(seed, a, table)
				var rows []row
				for len(rows) < *rowsEach/len(c.APIs) {
					if one, ok := rowOf(r.Reply()); ok {
						rows = append(rows, one)
					}
				}
				total += len(rows)
				compare(t, a, table, rows, inDuckDB(t, a, rows), undecided)
			}
			var reasons []string
			sum := 0
			for _, why := range slices.Sorted(maps.Keys(undecided)) {
				reasons = append(reasons, fmt.Sprintf("%s %d", why, undecided[why]))
				sum += undecided[why]
			}
			if total == 0 || sum*5 > total*3 {
				t.Errorf("of %d rows %d are undecided", total, sum)
			}
			t.Logf("%d rows, %d undecided: %s", total, sum, strings.Join(reasons, ", "))
		})
	}
}

// compare compares the answers of an engine with those of classify, and counts what is
// undecided by the reason.
func compare(t *testing.T, a *model.API, c *classify.Catalog, rows []row, answers []answer, undecided map[string]int) {
	t.Helper()
	wrong := 0
	for i, got := range answers {
		if got.undecided != "" {
			undecided[got.undecided]++
			continue
		}
		if want := rows[i].inGo(c); got != want {
			if wrong++; wrong <= 3 {
				t.Errorf("%s: %d %s %q %.300q\ngot  %+v\nwant %+v", a.Name, rows[i].status, rows[i].operation, rows[i].headers, rows[i].body, got, want)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%s: %d of %d answers differ", a.Name, wrong, len(rows))
	}
}
