package markdown

import (
	"encoding/json"
	"os"
	"testing"
)

func TestZZDump(t *testing.T) {
	out := os.Getenv("ZZDUMP")
	if out == "" {
		return
	}
	type page struct {
		Name, File, Content string
		Blocks              []map[string]any
	}
	var pages []page
	all := catalogs()
	all["shipped"] = shipped(t)
	for name, c := range all {
		for file, content := range Files(c, "a.yaml") {
			p := page{Name: name, File: file, Content: string(content)}
			for _, b := range readPage(string(content)) {
				p.Blocks = append(p.Blocks, map[string]any{"kind": b.kind, "level": b.level, "text": b.text, "lang": b.lang, "rows": shownRows(b.rows), "shown": shown(b.text)})
			}
			pages = append(pages, p)
		}
	}
	b, _ := json.Marshal(pages)
	os.WriteFile(out, b, 0o644)
}
