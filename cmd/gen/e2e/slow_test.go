package e2e_test

import (
	"compress/gzip"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
)

// siteVariable names folders of sites to measure beside the one that is built here, with
// commas between them, such as that of the same spec by an older command.
const siteVariable = "ERRKB_SITES"

// A slow line: 400 kbit/s, and 400 ms until an answer starts to come.
const (
	slowLine    = 400_000 / 8 // bytes a second
	slowLatency = 400         // milliseconds
)

// BenchmarkVerdict measures how long the site of 1,500 codes takes to a verdict, in
// milliseconds. On a slow line, from a server that compresses what it sends and from one that
// does not:
//
//   - opened: from opening it, with a code pasted as soon as the field is shown
//   - replied: the same, with a reply that has the code
//   - pasted: from a paste three seconds after that
//
// And where the line limits nothing:
//
//   - first: from a paste
//   - later: from pastes after it, of codes whose verdicts are in other files
func BenchmarkVerdict(b *testing.B) {
	spec := filepath.Join(scratch, "large.yaml")
	if err := os.WriteFile(spec, []byte(largeSpec(1, 1500)), 0o644); err != nil {
		b.Fatal(err)
	}
	site, err := buildSite("large", spec)
	if err != nil {
		b.Fatal(err)
	}
	others := strings.FieldsFunc(os.Getenv(siteVariable), func(c rune) bool { return c == ',' })
	for _, folder := range append([]string{site.dir}, others...) {
		files := os.DirFS(folder)
		server, plain := httptest.NewServer(compressing(files)), httptest.NewServer(http.FileServerFS(files))
		defer server.Close()
		defer plain.Close()
		run := func(group, address, name, script string) {
			b.Run(group+"/"+name, func(b *testing.B) {
				total := 0.0
				for range b.N {
					t := openTab(b)
					if name != "first" && name != "later" {
						t.slow()
					}
					asking := fmt.Sprintf(asking, strings.Join(codesOf(b, folder), " "), script)
					call(t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: asking})
					t.visit(address + "/index.html")
					total += eval[float64](t, "measured")
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(total/float64(b.N), "ms/verdict")
			})
		}
		name := filepath.Base(folder)
		measure := func(test, script string) { run(name, server.URL, test, script) }
		for _, of := range []struct{ group, address string }{{name, server.URL}, {name + "-uncompressed", plain.URL}} {
			run(of.group, of.address, "opened", `await shown(); await ask(codes[0]); return performance.now()`)
			run(of.group, of.address, "replied", `await shown(); await ask(codes[0], '{"error": {"code": "' + codes[0] + '", "message": "It did not work"}}'); return performance.now()`)
			run(of.group, of.address, "pasted", `await pause(3000); return await ask(codes[0])`)
		}
		measure("first", `await pause(3000); return await ask(codes[0])`)
		measure("later", `let total = 0; for (const [i, code] of codes.entries()) total += await ask(code) * (i > 0); return total / (codes.length - 1)`)
	}
}

// asking has a page measure itself, once it is there: with some codes; with shown, which waits
// until the field is there with its style, so that somebody can paste; and with ask, which
// pastes a code, or a text with it, and returns how long it takes to a verdict on it.
const asking = `
const codes = "%s".split(" ");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const shown = async () => {
  while (document.styleSheets.length === 0 || !document.getElementById("paste").checkVisibility()) await pause(5);
};
const ask = (code, text = code) => new Promise((resolve) => {
  const place = document.getElementById("verdict");
  const seen = new MutationObserver(() => {
    if (place.inert || !place.querySelector(".verdict")?.textContent.includes(code)) return;
    seen.disconnect();
    resolve(performance.now() - start);
  });
  seen.observe(place, { childList: true, subtree: true, attributes: true });
  const field = document.getElementById("paste");
  field.value = text;
  const start = performance.now();
  field.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
});
const measured = new Promise((resolve) => addEventListener("DOMContentLoaded", () => setTimeout(resolve))).then(async () => { %s });
`

// slow puts a tab on a slow line.
func (b *tab) slow() {
	b.t.Helper()
	call(b, network.Enable, network.EnableParams{})
	call(b, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Latency: slowLatency, DownloadThroughput: slowLine, UploadThroughput: slowLine}},
	})
}

// codesOf returns some codes of a site, by the addresses of their pages.
func codesOf(b *testing.B, folder string) []string {
	b.Helper()
	pages, err := filepath.Glob(filepath.Join(folder, "c", "*", "*.html"))
	if err != nil || len(pages) < 100 {
		b.Fatalf("%d pages of codes in %s: %v", len(pages), folder, err)
	}
	var codes []string
	for i := 7; i < len(pages); i += 75 {
		slug := strings.TrimSuffix(filepath.Base(pages[i]), ".html")
		codes = append(codes, strings.ToUpper(strings.ReplaceAll(slug, "-", "_")))
	}
	return codes
}

// compressing serves files as hosts of static sites do.
func compressing(files fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		content, err := fs.ReadFile(files, name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Header().Set("Content-Encoding", "gzip")
		out := gzip.NewWriter(w)
		defer out.Close()
		out.Write(content)
	})
}
