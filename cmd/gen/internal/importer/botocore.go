package importer

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// botocore, the AWS SDK for Python, describes each service in a service-2.json, and retries in
// a _retry.json.

func isBotocore(f File) bool {
	return startsLikeJSON(f.Content) && (isService().Match(f.Content) && hasShapes().Match(f.Content) || isRetryFile().Match(f.Content))
}

var (
	isService   = pattern.Of(`"metadata"\s*:\s*\{`)
	hasShapes   = pattern.Of(`"shapes"\s*:\s*\{`)
	isRetryFile = pattern.Of(`"(?:applies_when|service_error_code)"\s*:`)
)

func readBotocore(files []File) (*draft, error) {
	d := new(draft)
	var first *syntax.Node
	for _, f := range files {
		root, err := document(f)
		if err != nil {
			return nil, err
		}
		if first == nil {
			first = root
		}
		switch {
		case root.At("shapes") != nil:
			d.service(root)
		case root.At("retry") != nil || root.At("definitions") != nil:
			d.retryFile(root)
		default:
			return nil, faultf(root.Place, "neither shapes nor retry: not a service-2.json, and not a _retry.json")
		}
	}
	if len(d.codes)+len(d.statuses) == 0 {
		return nil, faultf(first.Place, "no shape is an exception, and no definition names an error")
	}
	d.requestIDs = []note{{"{header: x-amzn-RequestId}", "every protocol of AWS has it"}}
	return d, nil
}

// awsForms are where the protocols of AWS have the code.
var awsForms = map[string][]*form{
	"json": {{syntax: "json", code: []note{{"/__type", ""}, {"/code", ""}}, message: []note{{"/message", ""}, {"/Message", ""}}, trim: `{after: "#"}`}},
	"rest-json": {
		{syntax: "header", code: []note{{"x-amzn-ErrorType", ""}}, trim: `{before: ":"}`},
		{syntax: "json", code: []note{{"/__type", ""}, {"/code", ""}}, message: []note{{"/message", ""}, {"/Message", ""}}, trim: `{after: "#"}`},
	},
	"query":    {{syntax: "xml", code: []note{{"/ErrorResponse/Error/Code", ""}}, message: []note{{"/ErrorResponse/Error/Message", ""}}}},
	"ec2":      {{syntax: "xml", code: []note{{"/Response/Errors/Error/Code", ""}}, message: []note{{"/Response/Errors/Error/Message", ""}}}},
	"rest-xml": {{syntax: "xml", code: []note{{"/Error/Code", ""}, {"/ErrorResponse/Error/Code", ""}}, message: []note{{"/Error/Message", ""}, {"/ErrorResponse/Error/Message", ""}}}},
}

func (d *draft) service(root *syntax.Node) {
	meta := root.At("metadata")
	if d.title == "" {
		d.title = clean(text(meta, "serviceFullName"), maxTitle)
	}
	protocol := text(meta, "protocol")
	for _, f := range awsForms[protocol] {
		own := *f
		own.code = slices.Clone(f.code)
		own.code[0].comment = "the protocol is " + protocol
		d.forms = append(d.forms, &own)
	}
	shapes := root.At("shapes")
	by := make(map[string]*entry)
	for _, pair := range shapes.Pairs {
		if shape := pair.Value; text(shape, "exception") == "true" || text(shape, "fault") == "true" || shape.At("error") != nil {
			by[pair.Key.Text] = d.exception(pair.Key.Text, shape)
		}
	}
	if operations := root.At("operations"); operations != nil {
		for _, pair := range operations.Pairs {
			d.serviceOperation(pair.Key.Text, pair.Value, by)
		}
	}
	for _, e := range d.codes {
		if n := len(e.operations); n > maxOperations || n == len(d.operations) {
			e.operations = nil
		}
	}
}

// exception adds the code of a shape.
func (d *draft) exception(name string, shape *syntax.Node) *entry {
	if code := text(shape, "error", "code"); code != "" {
		name = code
	}
	e, _ := d.code(clean(name, maxCode))
	e.meaning = firstSentence(withoutTags(text(shape, "documentation")))
	if status := statusNumber(text(shape, "error", "httpStatusCode")); status >= 100 && status <= 599 && !slices.Contains(e.statuses, status) {
		e.statuses = append(e.statuses, status)
	} else if status == 0 && text(shape, "fault") == "true" && len(e.statuses) == 0 {
		e.statuses = append(e.statuses, 500)
	}
	if shape.At("retryable") != nil {
		e.category = guess{name: "transient"}
		e.notes = append(e.notes, "The shape says that it is retryable.")
	}
	return e
}

var tag = pattern.Of(`<[^>]*>`)

func withoutTags(text string) string {
	return strings.TrimSpace(html.UnescapeString(tag().ReplaceAllString(text, "")))
}

func (d *draft) serviceOperation(name string, n *syntax.Node, exceptions map[string]*entry) {
	uri := text(n, "http", "requestUri")
	if i := strings.IndexByte(uri, '?'); i >= 0 {
		uri = uri[:i]
	}
	op := &operation{name: clean(name, maxTitle), title: firstSentence(withoutTags(text(n, "documentation"))), method: text(n, "http", "method"), path: clean(uri, maxPath)}
	op.isRepeatable = text(n, "idempotent") == "true" && op.method == "POST"
	if !strings.HasPrefix(op.path, "/") {
		op.path = ""
	}
	d.nameOperation(op)
	d.operations = append(d.operations, op)
	list := n.At("errors")
	if list == nil {
		return
	}
	for _, item := range list.Items {
		if e := exceptions[text(item, "shape")]; e != nil && !slices.Contains(e.operations, op.name) {
			e.operations = append(e.operations, op.name)
		}
	}
}

// retryFile reads which codes and statuses are retried, and how often.
func (d *draft) retryFile(root *syntax.Node) {
	if definitions := root.At("definitions"); definitions != nil {
		for _, pair := range definitions.Pairs {
			reply := at(pair.Value, "applies_when", "response")
			code, status := text(reply, "service_error_code"), text(reply, "http_status_code")
			var e *entry
			switch {
			case code != "":
				e, _ = d.code(clean(code, maxCode))
				if n := statusNumber(status); n != 0 && !slices.Contains(e.statuses, n) {
					e.statuses = append(e.statuses, n)
				}
			case isHTTPStatus(status):
				e, _ = d.status(status)
				e.meaning = statusMeaning(status)
			default:
				continue
			}
			e.category = guess{name: "transient"}
			e.notes = []string{"Retried by the definition " + pair.Key.Text + "."}
		}
	}
	usual := at(root, "retry", "__default__")
	attempts, err := strconv.Atoi(text(usual, "max_attempts"))
	if err != nil || attempts < 1 || attempts > 1000 {
		return
	}
	factor := 2
	if f, err := strconv.Atoi(text(usual, "delay", "growth_factor")); err == nil && f >= 1 && f <= 100 {
		factor = f
	}
	d.policy = &policy{
		fmt.Sprintf("{growth: exponential, base: 1s, factor: %d, jitter: full, max: 20s, retries: %d}", factor, attempts-1),
		fmt.Sprintf("max_attempts is %d", attempts),
	}
}
