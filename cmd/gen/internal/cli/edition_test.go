package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/preview"
)

// TestEditionEnds makes an edition for a run that is over.
func TestEditionEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, content := range map[string]string{"good": shop(t), "broken": "format: 1"} {
		var messages bytes.Buffer
		s := &session{stderr: &messages}
		before := &preview.Edition{Files: map[string]func() []byte{"index.html": nil}}
		if e := s.edition(ctx, []string{"shop.yaml"}, reading("shop.yaml", content), before); e != nil || messages.Len() > 0 {
			t.Errorf("%s: an edition is made: %v, and printed:\n%s", name, e != nil, messages.String())
		}
	}
}

// reading is that of a file.
func reading(name, content string) preview.Reading {
	return preview.Reading{Files: []preview.File{{Name: name, Content: []byte(content)}}}
}

// TestEditionKeeps follows a spec with errors by one that can't be read.
func TestEditionKeeps(t *testing.T) {
	broken := reading("a.yaml", "format: 2")
	gone := preview.Reading{Err: errors.New("it is gone")}
	site := map[string]func() []byte{"index.html": func() []byte { return nil }}
	for name, test := range map[string]struct {
		before *preview.Edition
		want   map[string]func() []byte
		says   string
	}{
		"at first":            {nil, nil, "; there is no site until it is mended\n"},
		"after another error": {&preview.Edition{Problems: preview.Problems{Summary: "broken"}}, nil, "; there is no site until it is mended\n"},
		"after a site":        {&preview.Edition{Files: site}, site, "; the site stays as it was\n"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, now := range []preview.Reading{broken, gone} {
				var messages bytes.Buffer
				e := (&session{stderr: &messages}).edition(t.Context(), []string{"a.yaml"}, now, test.before)
				if diff := cmp.Diff(slices.Sorted(maps.Keys(test.want)), slices.Sorted(maps.Keys(e.Files))); diff != "" || e.Problems.Summary == "" || (e.Problems.Detail == "") != (now.Err != nil) {
					t.Errorf("problems %+v, files (-want +got):\n%s", e.Problems, diff)
				}
				if got := messages.String(); !strings.HasSuffix(got, "gen: "+e.Problems.Summary+test.says) {
					t.Errorf("prints %s\nwant %s", got, test.says)
				}
			}
		})
	}
}

// TestInTime ends while a function works, and does not wait for it.
func TestInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		if got, ok := inTime(ctx, func() string { return "done" }); got != "done" || !ok {
			t.Errorf("in time: %q, %v", got, ok)
		}
		release, returned := make(chan struct{}), make(chan bool, 1)
		go func() {
			_, ok := inTime(ctx, func() string { <-release; return "done" })
			returned <- ok
		}()
		synctest.Wait()
		cancel()
		if <-returned {
			t.Error("a function that was not waited for is done in time")
		}
		close(release)
		begun := false
		_, ok := inTime(ctx, func() string { begun = true; return "done" })
		synctest.Wait()
		if ok || begun {
			t.Errorf("after the end: done is %v, begun is %v", ok, begun)
		}
	})
}

// TestInTimePanics keeps the message of a panic and adds where it was.
func TestInTimePanics(t *testing.T) {
	defer func() {
		got := fmt.Sprint(recover())
		if !strings.HasPrefix(got, "internal error: a bug\n\ngoroutine ") || !strings.Contains(got, "TestInTimePanics") {
			t.Errorf("the panic says %s", got)
		}
	}()
	inTime(t.Context(), func() string { panic("internal error: a bug") })
}
