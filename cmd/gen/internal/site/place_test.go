package site_test

import (
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// TestHandOn looks for where the request id is on the page of an API, and for what a
// reply fills in on that of an entry.
func TestHandOn(t *testing.T) {
	c := load(t, shippedSpec)
	api := c.APIs[0]
	api.RequestID = []classify.Place{{Header: "X-<Id>"}, {JSON: classify.Path{"id"}}}
	api.Field = []classify.Place{{XML: classify.Path{"Error", "@field"}}}
	api.Secret = []classify.Place{{JSON: classify.Path{"key"}}, {Header: "X-Key"}}
	api.Codes[0].Answer = "Tell <us> {{request_id}}."
	files := site.Files(c, "x.yaml")
	links(t, files)
	page := shown(files[api.Address()+".html"])
	for _, want := range []string{
		"What support hands on", "Where the request id isthe header X-<Id> or else /id of the JSON body",
		"Where the field at fault is named/Error/@field of the XML body", "What is secret, and never handed on/key of the JSON body and the header X-Key",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the API lacks %q:\n%s", want, page)
		}
	}
	const answer = `Tell &lt;us&gt; <span data-reply="request_id">(request id)</span>.</p>` + "\n" +
		`<p class="note">Where the request id is: the header <code>X-&lt;Id&gt;</code> or else <code>/id</code> of the JSON body.</p>`
	for _, name := range []string{api.Codes[0].Address() + ".html", "replies.html"} {
		if !strings.Contains(string(files[name]), answer) {
			t.Errorf("%s lacks %s", name, answer)
		}
	}
	if page := string(files[c.APIs[1].Address()+".html"]); strings.Contains(page, "What support hands on") {
		t.Error("an API without places says where they are")
	}
}
