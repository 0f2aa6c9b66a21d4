package importer

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
)

// TestProtoFiles imports files that import each other and some that are missing: a service of
// one, the enum of a second, and the message with it of a third.
func TestProtoFiles(t *testing.T) {
	files := []File{
		{"errors.proto", []byte(`syntax = "proto3"; package a.b.v1.errors; enum LoanError { LOAN_ERROR_UNSPECIFIED = 0; LOAN_ERROR_OVERDUE = 1; }`)},
		{"types.proto", []byte(`syntax = "proto3"; package a.b.v1; import "errors.proto"; message Refusal { repeated errors.LoanError why = 1; }`)},
		{"library.proto", []byte(`syntax = "proto3"; package a.library.v1; import "nowhere.proto";
service Loans { rpc Lend(Book) returns (a.nowhere.Loan) { option (google.api.http) = { post: "/v1/loans" body: "*" }; } }`)},
	}
	result, err := Import(files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checked(t, result)
	for _, want := range []string{"\n  library:\n", "Lend: {method: POST, path: /v1/loans}", `- "/error/details/*/why/*" `, "\n      LOAN_ERROR_OVERDUE:\n", "\n        go: Overdue\n", "\n      UNAVAILABLE:\n"} {
		if !bytes.Contains(result.Spec, []byte(want)) {
			t.Errorf("%q is not in\n%s", want, result.Spec)
		}
	}
}

// TestProtoReplies sends replies of what carries gRPC through an imported spec.
func TestProtoReplies(t *testing.T) {
	const service = `syntax = "proto3"; package a.b.v1;
service S { rpc Do(R) returns (R)%s }
// Why an error happened.
enum Reason { REASON_UNSPECIFIED = 0; SOLD_OUT = 1; }`
	overHTTP := strings.Replace(service, "%s", ` { option (google.api.http) = { post: "/do" }; }`, 1)
	for _, test := range []struct{ name, proto, body, header, want string }{
		{"gateway", overHTTP, `{"code": 5, "message": "m", "details": []}`, "", "NOT_FOUND"},
		{"gateway with a reason", overHTTP, `{"code": 9, "details": [{"@type": "x/y"}, {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SOLD_OUT"}]}`, "", "SOLD_OUT"},
		{"Google", overHTTP, `{"error": {"code": 403, "status": "PERMISSION_DENIED", "details": [{"reason": "NEW"}]}}`, "", "PERMISSION_DENIED"},
		{"Connect", strings.Replace(service, "%s", ";", 1), `{"code": "not_found"}`, "", "NOT_FOUND"},
		{"gRPC", strings.Replace(service, "%s", ";", 1), "", "14", "UNAVAILABLE"},
		{"gRPC that succeeds", strings.Replace(service, "%s", ";", 1), "", "0", ""},
	} {
		result, err := Import([]File{{"a.proto", []byte(test.proto)}}, Options{API: "a"})
		if err != nil {
			t.Fatal(err)
		}
		c, _ := check.Load("errors.yaml", result.Spec)
		reply := classify.Reply{Status: 200, Body: []byte(test.body)}
		if test.header != "" {
			reply.Header = map[string][]string{"Grpc-Status": {test.header}}
		}
		d := c.APIs[0].Table().Classify(reply)
		got := ""
		if d.Entry.Kind() == classify.KindCode {
			got = d.Entry.Code()
		}
		if got != test.want {
			t.Errorf("%s: the code is %q, want %q", test.name, got, test.want)
		}
	}
}

// TestEnumsOfErrors tells enums of errors from others by their names, comments and options.
func TestEnumsOfErrors(t *testing.T) {
	for source, want := range map[string]bool{
		"enum OrderError { A = 1; }":                     true,
		"enum ErrorCode { A = 1; }":                      true,
		"enum QuotaFailureReason { A = 1; }":             true,
		"message Error { enum Code { A = 1; } }":         true,
		"message Problem { enum Code { A = 1; } }":       false,
		"// The error codes.\nenum Code { A = 1; }":      true,
		"enum Reason { A = 1 [(x.http_status) = 409]; }": true,
		"enum Reason { A = 1 [(x.code) = NOT_FOUND]; }":  true,
		"enum Reason { A = 1 [(x.weight) = 409]; }":      false,
		"enum CancelReason { A = 1; }":                   false,
		"enum ErrorSeverity { A = 1; }":                  false,
		"enum DefaultActionOnFailure { A = 1; }":         false,
		"enum Color { A = 1; }":                          false,
	} {
		_, err := Import([]File{{"a.proto", []byte(source)}}, Options{})
		if got := err == nil; got != want {
			t.Errorf("%s: an enum of errors: %t, %v", source, got, err)
		}
	}
}

func TestProtoCodes(t *testing.T) {
	const source = `enum E1Error {
  E1_ERROR_UNSPECIFIED = 0;
  E1_ERROR_UNKNOWN = 1;
  /* Above
   * in two lines. More. */
  E1_ERROR_A = 2;
  E1_ERROR_B = 0x3; // Behind
  // Above, and not behind
  E1_ERROR_C = 4; // not this
  ; E1_ERROR_D = 5 [deprecated = true] ; }
enum E2Error { OK = 0; UNKNOWN = 2; NO_ERROR = 3; UNDEFINED_X = 4; }
enum E3Error { option (default_status) = 404; ZERO = 0; ONE = 1 [(grpc_code) = "UNAVAILABLE"]; }`
	result, err := Import([]File{{"a.proto", []byte(source)}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, _ := check.Load("errors.yaml", result.Spec)
	got := make(map[string]string)
	for _, e := range c.APIs[0].Codes {
		got[e.Code] = e.Meaning
		for _, s := range e.Statuses {
			got[e.Code] += " " + statusText(s)
		}
	}
	want := map[string]string{
		"E1_ERROR_A": "Above in two lines", "E1_ERROR_B": "Behind", "E1_ERROR_C": "Above, and not behind", "E1_ERROR_D": "D",
		"UNKNOWN": "Unknown", "UNDEFINED_X": "Undefined x", "ZERO": "Zero 404", "ONE": "One 503",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPathOfTemplate(t *testing.T) {
	for template, want := range map[string]string{
		"/v1/{name=shops/*/orders/*}:cancel": "/v1/shops/{shop}/orders/{order}:cancel",
		"/v1/{id}/x":                         "/v1/{id}/x",
		"/v1/{name=*}":                       "/v1/{name}",
		"/v1/{a.b=shops/*/**}":               "/v1/shops/{shop}/{id}",
		"/v1/*/x":                            "/v1/*/x",
		"v1":                                 "",
		"":                                   "",
	} {
		if got := pathOfTemplate(template); got != want {
			t.Errorf("pathOfTemplate(%q) = %q, want %q", template, got, want)
		}
	}
}

// TestHostileProto reads files that are broken in ways that could keep a parser busy.
func TestHostileProto(t *testing.T) {
	const many = 50_000
	for source, want := range map[string]string{
		strings.Repeat("message M{", many):                                  "levels in each other",
		"option a = " + strings.Repeat("{a:", many):                         "levels in each other",
		"option a = {a:" + strings.Repeat("[", many):                        "levels in each other",
		"message M " + strings.Repeat("//\n", many) + "{":                   "the { has no }",
		"message M /*" + strings.Repeat("*\n", many) + "*/ {":               "the { has no }",
		"service S { rpc X(A) returns (B) {":                                "the { has no }",
		"message M { map<string" + strings.Repeat(",", many):                "no semicolon ends it",
		strings.Repeat("a", many):                                           "no semicolon ends it",
		"enum Error { A = 1 [" + strings.Repeat(`"x" `, many):               "no semicolon ends it",
		"enum Error { A = 1 [a = " + strings.Repeat("-", many) + "]; B = 2": "no semicolon ends it",
	} {
		_, err := Import([]File{{"a.proto", []byte(source)}}, Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30s…: %v, want %s", source, err, want)
		}
	}
}
