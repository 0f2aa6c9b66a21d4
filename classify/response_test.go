package classify

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// noted is a catalog with the facts that hold of it noted, as the generator does.
func noted(c *Catalog) *Catalog {
	own := *c
	own.Facts = FactsOf(c)
	return &own
}

// The transport reads a body where that could deny what the status or the header says, and
// only there, with the catalog's facts noted or not.
func TestResponsesThatNeedNoBody(t *testing.T) {
	status := func() *Catalog { return statusShop() }
	signed := refusingShop()
	signed.Statuses = append(signed.Statuses, Entry{Kind: KindStatus, Number: 200, Code: "200", Action: OK})
	classes := status()
	classes.Classes = []Entry{{Kind: KindStatusClass, Number: 3, Code: "3xx", Action: OK}, {Kind: KindStatusClass, Number: 4, Code: "4xx", Action: OK}}
	belied := status()
	belied.Codes[0].Statuses = nil
	header := status()
	header.Forms = []Form{{Syntax: Header, OK: []Test{{Kind: StatusIs, Status: []int{2}}, {Kind: HeaderEquals, Header: "X-State", Values: []Scalar{{Text: "done"}}}}, Code: []Path{{"X-Code"}}}}
	header.Prefixes = []Entry{{Kind: KindPrefix, Code: "NO_*", Action: FixAccount}}
	for _, test := range []struct {
		name    string
		c       *Catalog
		status  int
		body    string
		header  []string
		success bool
	}{
		{"the status", status(), 200, "text", nil, true},
		{"no sign of success, though the status is listed", signed, 200, `{"ok":false}`, nil, false},
		{"a sign of success", signed, 200, good, nil, true},
		{"a class below 400", classes, 399, "", nil, true},
		{"a class of 400", classes, 400, "", nil, false},
		{"a code that belies the status", belied, 200, `{"code":"BUSY"}`, nil, false},
		{"a code that does not come with the status", status(), 200, `{"code":"BUSY"}`, nil, true},
		{"the first of two tests", header, 201, "", []string{"X-State", "lost"}, true},
		{"a prefix in the header", header, 200, "", []string{"X-Code", "NO_MORE"}, false},
		{"a code of success in the header", header, 200, "", []string{"X-Code", "NEW"}, true},
	} {
		for _, c := range []*Catalog{test.c, noted(test.c)} {
			base := &counter{replies: []reply{answers(test.status, test.body, test.header...)}}
			resp := roundTrip(t, &Transport{Options: Options{Catalog: c, MaxRetries: -1}, Base: base}, newRequest(t, "GET", shop, ""))
			if ok := ErrorOf(resp) == nil; ok != test.success {
				t.Errorf("%s: success %t, facts noted: %t", test.name, ok, c.Facts != 0)
			}
		}
	}
}

// Some responses can't tell, whatever their header says of a body, and one under an error
// status always can.
func TestResponsesThatCannotTell(t *testing.T) {
	stream := shopAPI(0)
	stream.Forms = append([]Form{{Syntax: JSON, In: InSSE, Code: []Path{{"error"}}}}, stream.Forms...)
	stream.Unrecognised = &Entry{Kind: KindUnrecognised, Action: Fail}
	stream.Classes = nil
	for _, test := range []struct {
		name, method string
		status       int
		header       []string
		body         string
		action       Action
		code         string
	}{
		{"HEAD, compressed", "HEAD", 200, []string{"Content-Encoding", "gzip"}, "", OK, ""},
		{"HEAD, a stream", "HEAD", 200, []string{"Content-Type", "text/event-stream"}, "", OK, ""},
		{"HEAD below 400", "HEAD", 399, nil, "", OK, ""},
		{"HEAD at 400", "HEAD", 400, nil, "", Fail, ""},
		{"no content", "GET", 204, []string{"Content-Encoding", "gzip"}, "", OK, ""},
		{"at 400, with a place to go", "GET", 400, []string{"Location", "/x"}, `{"code":"BUSY"}`, Retry, "BUSY"},
		{"at 299, with a place to go", "GET", 299, []string{"Location", "/x"}, `{"code":"BUSY"}`, Retry, "BUSY"},
		{"at 300, with a place to go", "GET", 300, []string{"Location", "/x"}, `{"code":"BUSY"}`, OK, ""},
		{"an event that is held", "GET", 200, []string{"Content-Type", "text/event-stream"}, "data: {\"error\":\"BUSY\"}\n\n", Retry, "BUSY"},
		{"an event that denies success", "GET", 200, []string{"Content-Type", "text/event-stream; charset=utf-8"}, "data: {\"id\":1}\n\n", OK, ""},
	} {
		resp := response(test.method, "/", test.status, test.body, test.header...)
		resp.ProtoMajor = 1
		if d := stream.ClassifyResponse(resp); d.Action != test.action || d.Code != test.code || d.Undecided() {
			t.Errorf("%s: %s by %q, undecided %t: %q", test.name, d.Action, d.Code, d.Undecided(), d.Why())
		}
	}
}

// An event that denies or fails is not passed as a success, and a text that says success is not
// left open for coming late.
func TestEventsThatDeny(t *testing.T) {
	c := shopAPI(0)
	c.Unrecognised = &Entry{Kind: KindUnrecognised, Action: Fail}
	c.Forms = []Form{{Syntax: JSON, In: InSSE, OK: []Test{{At: Path{"ok"}, Values: []Scalar{{Bool, "true"}}}}, Fail: []Test{{Kind: Present, At: Path{"error"}}}}}
	for event, want := range map[string]Action{`{"ok":true}`: OK, `{"ok":false}`: Fail, `{"error":1}`: Fail, `{"id":1}`: OK} {
		resp := response("GET", "/", 200, "data: "+event+"\n\n", "Content-Type", "text/event-stream")
		resp.ProtoMajor = 1
		if d := c.ClassifyResponse(resp); d.Action != want {
			t.Errorf("%s: %s, want %s", event, d.Action, want)
		}
	}
	for status, want := range map[int]Action{399: OK, 400: Fail} { // of an event that says nothing
		resp := response("GET", "/", status, "data: {\"id\":1}\n\n", "Content-Type", "text/event-stream")
		resp.ProtoMajor, c.Classes = 1, nil
		if d := c.ClassifyResponse(resp); d.Action != want {
			t.Errorf("%d: %s, want %s", status, d.Action, want)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		base := &counter{replies: []reply{responds(200, func() io.ReadCloser { return trickle(600*time.Millisecond, "OK|1", "2") })}}
		resp := roundTrip(t, &Transport{Options: Options{Catalog: taskAPI()}, Base: base}, newRequest(t, "GET", shop, ""))
		if Undecided(resp) || ErrorOf(resp) != nil {
			t.Errorf("undecided %t, %v", Undecided(resp), ErrorOf(resp))
		}
		checkReadable(t, resp, "OK|12")
	})
}

// A body that breaks off leaves no reply, unless the status says enough.
func TestBodyThatBreaksOffByStatus(t *testing.T) {
	for status, want := range map[int]Kind{399: KindTransport, 400: KindStatusClass} {
		resp := response("GET", "/", status, "")
		resp.Body, resp.ContentLength = breaks{io.ErrUnexpectedEOF}, -1
		if d := shopAPI(0).ClassifyResponse(resp); d.Source != want {
			t.Errorf("%d: decided by %s, want %s", status, d.Source, want)
		}
	}
}

// Without a catalog, the response's status and header are all that is known.
func TestClassifyResponseWithoutACatalog(t *testing.T) {
	var none *Catalog
	resp := response("GET", "/", 503, "", "X-A", "b")
	err, ok := none.CheckResponse(resp).(*ReplyError)
	if !ok || err.Reply.Status != 503 || err.Reply.Header.Get("X-A") != "b" || none.ClassifyResponse(resp).Status != 503 {
		t.Errorf("%+v", err)
	}
	alone := &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(good)), ContentLength: int64(len(good))}
	if err := shopAPI(0).CheckResponse(alone); err != nil {
		t.Errorf("of no request: %v", err)
	}
}
