package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/frozen"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// To parse and check a spec of 10,000 codes takes most of a second, which whoever asks about
// one code would wait for each time. So the catalog of a spec without errors is kept in the
// user's cache, under a digest of the spec and of the command: a spec with errors shows them
// in each run, as none of them has a catalog. Commands that print warnings don't ask for it.

// The names of files in the cache end so.
const (
	catalogSuffix   = ".catalog"
	temporarySuffix = ".errkb-tmp" // until they are whole
)

// catalog reads and checks a spec, or takes the catalog that came of it before.
func (s *session) catalog(names []string) (*model.Catalog, source, error) {
	if isNone(names) {
		if c := frozen.Shipped(); c != nil {
			s.saysWhich()
			return c, shippedAlone(), nil
		}
	}
	src, err := s.read(names)
	if err != nil {
		return nil, src, err
	}
	c, err := s.resolved(src)
	return c, src, err
}

// resolved is the catalog of a spec without its overlays. A spec with an error has none; its
// problems are printed, and otherwise left to the command check.
func (s *session) resolved(src source) (*model.Catalog, error) {
	here, kept := cacheHere(), ""
	if here != "" {
		kept = src.keptAs()
	}
	if kept != "" {
		if c := here.catalog(kept); c != nil {
			return c, nil
		}
	}
	s.checks++
	catalogs, problems := check.LoadAll(src.files)
	if diag.HasErrors(problems) {
		return nil, s.flawed(src, problems)
	}
	if kept != "" {
		here.keep(kept, catalogs[0])
	}
	return catalogs[0], nil
}

// keptAs is the name of the file that a spec's catalog is kept in; empty for none.
func (src source) keptAs() string {
	build, err := ownBuild()
	if err != nil {
		return ""
	}
	all := digest{sha256.New()}
	all.add("catalog", build, strconv.FormatInt(src.files[0].MaxSize, 10))
	for _, file := range src.files {
		all.add(string(file.Content)) // and not its name: no catalog has it
	}
	return hex.EncodeToString(all.Sum(nil)) + catalogSuffix
}

// catalog returns a catalog that is kept under a name, or nil.
func (c cache) catalog(name string) *model.Catalog {
	if !c.isThere(name) {
		return nil
	}
	f, err := os.Open(c.path(name))
	if err != nil {
		return nil
	}
	defer f.Close()
	var text strings.Builder
	if info, err := f.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	if _, err := io.Copy(&text, f); err != nil {
		return nil
	}
	return frozen.Thaw(text.String())
}

// keep keeps a catalog under a name. It matters to no one whether that works.
func (c cache) keep(name string, catalog *model.Catalog) {
	if os.MkdirAll(string(c), 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(string(c), "*"+temporarySuffix)
	if err != nil {
		return
	}
	_, err = f.Write(frozen.Freeze(catalog))
	if err := errors.Join(err, f.Close()); err != nil || os.Rename(f.Name(), c.path(name)) != nil {
		os.Remove(f.Name())
		return
	}
	c.clean()
}
