package cli

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// write writes what was rendered, and says what it did.
func (s *session) write(trees []output.Tree) (output.Sum, error) {
	result, err := output.Write(trees...)
	if err != nil {
		return output.Sum{}, outputFailure(err)
	}
	s.wrote(result)
	return result.Sum, nil
}

// wrote says what was done.
func (s *session) wrote(result output.Result) {
	for _, c := range result.Unread {
		s.messagef("%s can't be read, and may be a file that is no longer made: %s", c.Path, c.Reason)
	}
	for _, c := range result.Strays {
		s.messagef("%s %s", c.Path, c.Reason)
	}
	removed := ""
	if n := len(result.Removed); n > 0 {
		removed = fmt.Sprintf(", removed %d", n)
		for _, name := range packagesFirst(result.Removed) {
			s.messagef("removed %s", name)
		}
	}
	if len(result.Written)+len(result.Removed) == 0 {
		s.messagef("%s, all up to date", plural(result.Files, "file"))
		return
	}
	s.messagef("wrote %d of %s%s", len(result.Written), plural(result.Files, "file"), removed)
}

// packagesFirst puts Go files before others: that a package is gone, others have to know.
func packagesFirst(names []string) []string {
	isGo := func(name string) int {
		if filepath.Ext(name) == ".go" {
			return 0
		}
		return 1
	}
	return slices.SortedStableFunc(slices.Values(names), func(a, b string) int { return cmp.Compare(isGo(a), isGo(b)) })
}

// outputFailure tells what the user can put out of the way, or has to confirm, from what
// failed.
func outputFailure(err error) error {
	if conflict, ok := errors.AsType[*output.ConflictError](err); ok && conflict.Begun {
		return foundf("%w\nit was put there meanwhile, and not all is written; generate again once it is out of the way", err)
	} else if ok {
		return foundf("%w\nnothing is written", err)
	}
	if _, ok := errors.AsType[*output.RemovalError](err); ok {
		return foundf("%w\nnothing is written; if the spec is not cut off and this is meant, run this once with --allow-removal", err)
	}
	if _, ok := errors.AsType[*output.UnreadError](err); ok {
		return internalf("%w\nwhat can't be read can't be compared; nothing is written", err)
	}
	return internalf("%w", err)
}

// compare prints what differs on disk from what a run makes.
func (s *session) compare(src source, trees []output.Tree, g generation) (output.Sum, error) {
	differences, sum, err := output.Check(trees...)
	for _, d := range differences {
		fmt.Fprintln(&s.out, d)
	}
	if err != nil {
		return sum, errors.Join(s.flush(), outputFailure(err))
	}
	if len(differences) == 0 {
		return sum, nil
	}
	if !slices.ContainsFunc(differences, func(d output.Difference) bool { return d.Kind != output.Stray }) {
		return sum, foundf("%s of no spec that is there", plural(len(differences), "file"))
	}
	if flags, root := g.otherFlags(trees); flags != "" {
		return sum, foundf("%s was made with %s, and this check has %s; check with the same flags, or generate again with these", root, flags, strings.Join(g.kinds(), " "))
	}
	are := "are"
	if len(differences) == 1 {
		are = "is"
	}
	return sum, foundf("%s %s not what %s makes; generate again, without --check", plural(len(differences), "file"), are, src.name)
}
