package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/preview"
)

// edition makes the site of what the spec that is named reads and prints what is wrong with
// it. If anything is, the site stays what it was in the edition before, which is nil for
// the first one. If the context ends first, it prints nothing and returns nil.
func (s *session) edition(ctx context.Context, names []string, now preview.Reading, before *preview.Edition) *preview.Edition {
	if now.Err != nil {
		return s.keep(before, preview.Problems{Summary: unreadable("spec", now.Err).Error()})
	}
	src, err := s.shown(names, now)
	if err != nil {
		return s.keep(before, preview.Problems{Summary: unreadable("spec", err).Error()})
	}
	made, ok := inTime(ctx, func() attempt { return attemptAt(src) })
	if !ok {
		return nil
	}
	s.warn(src, summed(made.found))
	if made.files == nil {
		return s.keep(before, preview.Problems{Summary: src.name + " has " + count(made.found), Detail: src.text(made.found, false)})
	}
	if before != nil {
		s.messagef("%s has changed; open pages load again", src.name)
	}
	return &preview.Edition{Files: made.files, From: made.from}
}

// shown is the spec that was read.
func (s *session) shown(names []string, now preview.Reading) (source, error) {
	var files, beside []check.Source
	var notices *check.Source
	for _, read := range now.Files {
		switch file := s.source(read.Name, read.Content); {
		case filepath.Base(file.Name) == noticesName:
			notices = &file
		case areOf(names, file.Name):
			files = append(files, file)
		default:
			beside = append(beside, file)
		}
	}
	src, err := assembled(names, files, beside)
	src.notices = notices
	return src, err
}

// keep makes an edition of the site of the one before and the problems of the
// next, and prints what they lead to.
func (s *session) keep(before *preview.Edition, next preview.Problems) *preview.Edition {
	if before == nil || before.Files == nil {
		s.report(nil, foundf("%s; there is no site until it is mended", next.Summary))
		return &preview.Edition{Problems: next}
	}
	s.report(nil, foundf("%s; the site stays as it was", next.Summary))
	return &preview.Edition{Files: before.Files, From: before.From, Problems: next}
}

// attempt is what comes of a spec.
type attempt struct {
	files map[string]func() []byte // the site; nil if the spec has errors
	from  any                      // what it is made from
	found []diag.Problem
}

func attemptAt(src source) attempt {
	catalogs, found := src.load()
	if diag.HasErrors(found) {
		return attempt{found: found}
	}
	files := siteMakers(catalogs, titled(src.base, catalogs[0].Title), nil)
	for name, content := range files {
		files[name] = sync.OnceValue(content) // who looks at a page looks at it again
	}
	if src.notices != nil {
		files[noticesName] = func() []byte { return src.notices.Content } // whatever is in it: the site's script leaves out what is wrong
	}
	from := struct {
		catalogs []*model.Catalog
		notices  *check.Source
	}{catalogs, src.notices}
	return attempt{files, from, append(found, src.noticed(catalogs)...)}
}

// inTime returns what a function makes, unless the context ends first: then it
// does not wait for it, as Ctrl-C is not to wait for a large spec. A panic of the
// function is one of inTime.
func inTime[R any](ctx context.Context, f func() R) (result R, ok bool) {
	if ctx.Err() != nil {
		return result, false
	}
	made := make(chan R, 1)
	bug := make(chan string, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				bug <- fmt.Sprintf("%v\n\n%s", r, debug.Stack())
			}
		}()
		made <- f()
	}()
	select {
	case result = <-made:
		return result, true
	case b := <-bug:
		panic(b)
	case <-ctx.Done():
		return result, false
	}
}
