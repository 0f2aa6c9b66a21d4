package e2e_test

import (
	"os"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/spec"
)

// hostileSpec is a spec whose texts are taken for more than text.
const hostileSpec = "testdata/hostile.yaml"

// shippedCatalog is the catalog of this repository.
func shippedCatalog(t *testing.T) *model.Catalog {
	t.Helper()
	return loadCatalog(t, "spec/errors.yaml", spec.Errors)
}

// hostileCatalog is the catalog of hostileSpec.
func hostileCatalog(t *testing.T) *model.Catalog {
	t.Helper()
	source, err := os.ReadFile(hostileSpec)
	if err != nil {
		t.Fatal(err)
	}
	return loadCatalog(t, hostileSpec, source)
}

func loadCatalog(t *testing.T, name string, source []byte) *model.Catalog {
	t.Helper()
	c, problems := check.Load(name, source)
	if diag.HasErrors(problems) { // some take success for granted, which is worth a warning
		t.Fatalf("%s: %v", name, problems)
	}
	return c
}
