package e2e_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nukosuke/go-zendesk/zendesk"

	"github.com/errkb/errkb/cmd/gen/internal/answers"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// helpDesk answers as a help desk's API does, as far as its published reference says.
type helpDesk struct {
	list, create, update string // patterns of the server; list may be empty
	wrap                 string // the member that holds one in bodies, if any
	page                 func(w http.ResponseWriter, r *http.Request, all []map[string]any)
	required             map[string]any                   // the members that a body must have, each with a value of its type
	key                  func(item map[string]any) string // by which create updates; nil if it does not

	mutex         sync.Mutex
	items         []map[string]any
	made, updated int
	busy          bool // has answered 429 once
}

// perPage is how many items a page of a list holds.
const perPage = 30

var helpDesks = map[answers.Format]func() *helpDesk{
	answers.Zendesk: func() *helpDesk {
		return &helpDesk{
			list: "GET /api/v2/macros", create: "POST /api/v2/macros", update: "PUT /api/v2/macros/{id}", wrap: "macro",
			required: map[string]any{"title": "", "actions": []any{}},
			page: func(w http.ResponseWriter, r *http.Request, all []map[string]any) {
				n, _ := strconv.Atoi(r.URL.Query().Get("page"))
				n = max(n, 1)
				body := map[string]any{"macros": pageOf(all, n), "count": len(all), "next_page": nil, "previous_page": nil}
				if n*perPage < len(all) {
					body["next_page"] = fmt.Sprintf("http://%s/api/v2/macros?page=%d", r.Host, n+1)
				}
				json.NewEncoder(w).Encode(body)
			},
		}
	},
	answers.Freshdesk: func() *helpDesk {
		return &helpDesk{
			list: "GET /api/v2/canned_response_folders/4/responses", create: "POST /api/v2/canned_responses", update: "PUT /api/v2/canned_responses/{id}",
			required: map[string]any{"title": "", "content_html": "", "folder_id": 4.0, "visibility": 0.0},
			page: func(w http.ResponseWriter, r *http.Request, all []map[string]any) {
				n, _ := strconv.Atoi(r.URL.Query().Get("page"))
				n = max(n, 1)
				if n*perPage < len(all) {
					w.Header().Set("Link", fmt.Sprintf(`<http://%s%s?page=%d>; rel="next"`, r.Host, r.URL.Path, n+1))
				}
				json.NewEncoder(w).Encode(pageOf(all, n))
			},
		}
	},
	answers.HelpScout: func() *helpDesk {
		return &helpDesk{
			list: "GET /v2/mailboxes/4/saved-replies", create: "POST /v2/mailboxes/4/saved-replies", update: "PUT /v2/mailboxes/4/saved-replies/{id}",
			required: map[string]any{"name": "", "text": "", "chatText": ""},
			page: func(w http.ResponseWriter, _ *http.Request, all []map[string]any) {
				json.NewEncoder(w).Encode(all)
			},
		}
	},
	answers.Intercom: func() *helpDesk {
		return &helpDesk{
			create:   "POST /ai/external_pages",
			required: map[string]any{"title": "", "html": "", "locale": "", "source_id": 4.0, "external_id": ""},
			key:      func(item map[string]any) string { return fmt.Sprint(item["source_id"], item["external_id"]) },
		}
	},
}

func pageOf(all []map[string]any, n int) []map[string]any {
	return all[min((n-1)*perPage, len(all)):min(n*perPage, len(all))]
}

// serve starts the desk.
func (d *helpDesk) serve(t *testing.T) string {
	mux := http.NewServeMux()
	if d.list != "" {
		mux.HandleFunc(d.list, func(w http.ResponseWriter, r *http.Request) { d.page(w, r, d.items) })
	}
	mux.HandleFunc(d.create, func(w http.ResponseWriter, r *http.Request) { d.put(t, w, r, 0) })
	if d.update != "" {
		mux.HandleFunc(d.update, func(w http.ResponseWriter, r *http.Request) {
			number, err := strconv.Atoi(r.PathValue("id"))
			if err != nil || number < 1 || number > len(d.items) {
				t.Errorf("%s updates what is not there", r.URL)
			}
			d.put(t, w, r, number)
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("%s %s is not a call of this desk", r.Method, r.URL)
		http.NotFound(w, r)
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mutex.Lock()
		defer d.mutex.Unlock()
		if r.Header.Get("Authorization") != "Bearer token" {
			t.Errorf("%s has the authorization %q", r.URL, r.Header.Get("Authorization"))
		}
		if r.Method != "GET" && !d.busy { // desks limit how much is written in a minute
			d.busy = true
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// put keeps what a body holds, under a number or under a new one.
func (d *helpDesk) put(t *testing.T, w http.ResponseWriter, r *http.Request, number int) {
	var body map[string]any
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		t.Error(err)
	}
	item := body
	if d.wrap != "" {
		item, _ = body[d.wrap].(map[string]any)
	}
	for member, example := range d.required {
		if fmt.Sprintf("%T", item[member]) != fmt.Sprintf("%T", example) {
			t.Errorf("the member %s of a body is %v", member, item[member])
		}
	}
	if d.key != nil {
		number = 1 + slices.IndexFunc(d.items, func(other map[string]any) bool { return d.key(other) == d.key(item) })
	}
	if number == 0 {
		d.items = append(d.items, nil)
		number = len(d.items)
		d.made++
	} else {
		d.updated++
	}
	item["id"] = number
	d.items[number-1] = item
	w.WriteHeader(http.StatusCreated)
	json.NewEncoder(w).Encode(body)
}

// importer writes the program that docs/replies.md shows.
func importer(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../../docs/replies.md")
	if err != nil {
		t.Fatal(err)
	}
	program := regexp.MustCompile("(?s)```js\n(.*?)```").FindSubmatch(page)
	if program == nil {
		t.Fatal("docs/replies.md has no program")
	}
	name := filepath.Join(t.TempDir(), "import.mjs")
	if err := os.WriteFile(name, program[1], 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestHelpDesks imports a catalog into each help desk with the program of the docs,
// again, and again after it has changed: nothing is there twice.
func TestHelpDesks(t *testing.T) {
	t.Parallel()
	program := importer(t)
	c := shippedCatalog(t)
	changed := shippedCatalog(t)
	gone := changed.APIs[0].Codes[0]
	changed.APIs[0].Codes = changed.APIs[0].Codes[1:]
	for _, api := range changed.APIs {
		api.Title += " of today"
		for _, e := range api.Codes {
			e.Meaning, e.Answer = "Changed: "+e.Meaning, ""
		}
	}
	for format, desk := range helpDesks {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			d := desk()
			d.items = []map[string]any{}
			address := d.serve(t)
			run := func(c *model.Catalog) string {
				file := filepath.Join(t.TempDir(), "replies.json")
				options := answers.Options{Format: format}
				if format.Part() != "" {
					options.Into = 4
				}
				if err := os.WriteFile(file, answers.File(c, "errors.yaml", options), 0o644); err != nil {
					t.Fatal(err)
				}
				command := exec.CommandContext(t.Context(), "node", program, file)
				command.Env = append(os.Environ(), "DESK="+address, "AUTHORIZATION=Bearer token")
				out, err := command.CombinedOutput()
				if err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
				return string(out)
			}
			first := run(c)
			all := d.made
			if all < 40 || d.updated != 0 || len(d.items) != all {
				t.Fatalf("the first import makes %d, updates %d and says %s", d.made, d.updated, first)
			}
			d.items = append(d.items, map[string]any{"id": all + 1, "title": "Ours [for VIPs]", "name": "Ours [for VIPs]", "description": nil, "external_id": "ours"})
			run(c)
			if d.made != all || d.updated != all {
				t.Errorf("the second import makes %d and updates %d of %d", d.made-all, d.updated, all)
			}
			said := run(changed)
			if d.made != all || d.updated <= all {
				t.Errorf("the third import makes %d and updates %d", d.made-all, d.updated-all)
			}
			if d.list != "" && !strings.Contains(said, "no longer in the catalog: "+gone.Address()+",") {
				t.Errorf("of what is gone it says %q", said)
			}
			if text := fmt.Sprint(d.items); !strings.Contains(text, "of today") || !strings.Contains(text, "Changed: ") || !strings.Contains(text, "Ours") {
				t.Errorf("after the third import the desk has %.500s", text)
			}
		})
	}
}

// TestZendeskClient hands the bodies to a client of Zendesk, which reads them into its
// own types and sends them unchanged.
func TestZendeskClient(t *testing.T) {
	var file struct {
		Replies []struct {
			ID   string
			Body json.RawMessage
		}
	}
	content := answers.File(shippedCatalog(t), "errors.yaml", answers.Options{Format: answers.Zendesk})
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	var sent []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, _ = io.ReadAll(r.Body)
		if r.Method+" "+r.URL.Path != "POST /macros.json" {
			t.Errorf("the client calls %s %s", r.Method, r.URL)
		}
		w.WriteHeader(http.StatusCreated)
		w.Write(sent)
	}))
	defer server.Close()
	client, err := zendesk.NewClient(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.SetEndpointURL(server.URL); err != nil {
		t.Fatal(err)
	}
	client.SetCredential(zendesk.NewAPITokenCredential("agent@example.com", "token"))
	for _, reply := range file.Replies {
		var body struct {
			Macro zendesk.Macro `json:"macro"`
		}
		decoder := json.NewDecoder(strings.NewReader(string(reply.Body)))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&body); err != nil {
			t.Fatalf("%s: %v", reply.ID, err)
		}
		made, err := client.CreateMacro(t.Context(), body.Macro)
		if err != nil {
			t.Fatalf("%s: %v", reply.ID, err)
		}
		if diff := cmp.Diff(body.Macro, made); diff != "" {
			t.Errorf("%s comes back changed:\n%s", reply.ID, diff)
		}
		var want, got struct{ Macro map[string]any }
		json.Unmarshal(reply.Body, &want)
		json.Unmarshal(sent, &got)
		for member, value := range want.Macro {
			if diff := cmp.Diff(value, got.Macro[member]); diff != "" {
				t.Errorf("%s: the client sends another %s:\n%s", reply.ID, member, diff)
			}
		}
	}
}

// TestIntercomClient compiles the bodies against the types of Intercom's own client and
// sends them with it.
func TestIntercomClient(t *testing.T) {
	t.Parallel()
	content := answers.File(shippedCatalog(t), "errors.yaml", answers.Options{Format: answers.Intercom, Into: 44})
	type made struct {
		Problems []string
		Sent     []struct {
			Call string
			Body map[string]any
		}
	}
	got := node[made](t, "intercom.mjs", json.RawMessage(content))
	for _, problem := range got.Problems {
		t.Errorf("the compiler says: %s", problem)
	}
	var file struct {
		Replies []struct{ Body map[string]any }
	}
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	if len(got.Sent) != len(file.Replies) {
		t.Fatalf("the client sends %d bodies of %d", len(got.Sent), len(file.Replies))
	}
	for i, reply := range file.Replies {
		if diff := cmp.Diff(reply.Body, got.Sent[i].Body); diff != "" || got.Sent[i].Call != "POST /ai/external_pages" {
			t.Errorf("the client sends %s (-file +sent):\n%s", got.Sent[i].Call, diff)
		}
	}
}
