package catalogjson_test

import (
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestDecisionIsUndecided(t *testing.T) {
	api := &model.API{Name: "shop", Forms: []classify.Form{{
		Syntax: classify.JSON,
		OK:     []classify.Test{{Kind: classify.Equals, At: classify.Path{"errors"}, Values: []classify.Scalar{{Type: classify.Bool, Text: "false"}}}},
	}}, Operations: []*model.Operation{{Name: "bulk", Look: 1 << 20}}}
	tail := `,"items":"` + strings.Repeat("x", classify.MaxBody) + `"}`
	for _, test := range []struct {
		body      string
		operation classify.Operation
		want      bool
	}{
		{`{"took":1` + tail, "", true},
		{`{"errors":true` + tail, "", false},
		{`{"errors":false` + tail, "bulk", false},
		{`{"took":1}`, "", false},
	} {
		d := api.Table().Classify(classify.Reply{Status: 200, Body: []byte(test.body), Operation: test.operation})
		if got := catalogjson.NewDecision(api, d, "").Undecided; got != test.want {
			t.Errorf("%.20s in %q: undecided %t", test.body, test.operation, got)
		}
	}
}
