package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServeOverlays adds an overlay while the site is shown, breaks it and removes it.
func TestServeOverlays(t *testing.T) {
	spec := shop(t)
	s := serveShop(t, spec)
	overlay := filepath.Join(filepath.Dir(s.spec), "shop.de.yaml")
	const german = "format: 1\nlanguage: de\ntranslates: shop.yaml\ntitle: Fehler des Ladens\n"
	before := s.get("index.html", 200)
	s.get("de/index.html", 404)

	writeOver(t, overlay, german)
	s.changed(s.version(before))
	s.printed("has changed; open pages load again")
	both := s.get("index.html", 200)
	if got := s.get("de/", 200); !strings.Contains(both, `href="de/index.html"`) || !strings.Contains(got, "Fehler des Ladens") || !strings.Contains(got, `<html lang="de"`) {
		t.Errorf("with an overlay:\n%s\n%s", both, got)
	}

	writeOver(t, overlay, german+"apis: {none: {title: x}}\n")
	s.changed(s.version(both))
	s.printed(`shop.de.yaml:5:8: error: the spec has no API "none"`)
	broken := s.get("de/index.html", 200)
	if !strings.Contains(broken, "shop.yaml has 1 error") || !strings.Contains(broken, "shop.de.yaml:5:8: ") {
		t.Errorf("with a broken overlay:\n%s", broken)
	}

	if err := os.Remove(overlay); err != nil {
		t.Fatal(err)
	}
	s.changed(s.version(broken))
	s.get("de/index.html", 404)
	if got := s.get("index.html", 200); undressed(got, "index.html") != undressed(before, "index.html") {
		t.Errorf("without the overlay:\n%s", got)
	}
}
