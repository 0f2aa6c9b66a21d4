package format

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// samples has a value of each kind.
var samples = map[Kind]string{
	Text: "a text", Any: "1", Int: "1", Factor: "2", Bool: "true", Duration: "5s", Jitter: "20%", Size: "1MiB", Count: "4", Pointer: "/error/code",
	ElementAt: "/Error/Code", Place: "/error", Status: "429", StatusKey: "4xx", Date: "2026-01-31", Name: "a", URL: "https://example.com", Folder: "https://example.com/", Raw: " a ", Language: "de",
}

// knownTags are those of a field: a tag that is misspelt would be as if it were
// not there.
var knownTags = regexp.MustCompile(`^key:"\w+"( by:"[\w ]+")?( or:"list")?( names:"\w+")?( is:"[\w -]+")?( or:"wrapper")?( required:"yes")?( overlay:"(text|yes|only)")?( parts:"yes")?( wire:"yes")? doc:"([^"\\]|\\.)+"$`)

// TestEveryKeyIsRead reads a sample of each kind into each field of the format:
// the Go type has to be what the tags say.
func TestEveryKeyIsRead(t *testing.T) {
	kinds := make(map[Kind]bool)
	seen := make(map[*Object]bool)
	var walk func(path string, of Type, into reflect.Type)
	walk = func(path string, of Type, into reflect.Type) {
		switch {
		case of.List != nil:
			walk(path+"[]", *of.List, into.Elem().Field(1).Type)
		case of.Map != nil && of.Map.Listed:
			walk(path+"[]", of.Map.Value, into.Elem().Field(1).Type)
		case of.Map != nil:
			walk(path+".*", of.Map.Value, into.Field(0).Type.Elem().Field(1).Type.Field(1).Type)
		case of.Object != nil && of.Scalar != nil:
			walk(path, Type{Scalar: of.Scalar}, into.Field(0).Type)
			walk(path, Type{Object: of.Object}, into.Field(1).Type.Elem().Field(1).Type)
		case of.Object != nil:
			if seen[of.Object] {
				return
			}
			seen[of.Object] = true
			for i, key := range of.Object.Keys {
				if key.Name == "" || of.Object.Index(key.Name) != i {
					t.Errorf("%s has no key, or one that is there twice: %q", into.Field(key.Field).Name, key.Name)
				}
				field := into.Field(key.Field)
				if !knownTags.MatchString(string(field.Tag)) {
					t.Errorf("%s has other tags than spec.go lists, or in another order: %s", field.Name, field.Tag)
				}
				walk(path+"."+key.Name, key.Type, field.Type.Field(1).Type)
			}
		default:
			kinds[of.Scalar.Kind] = true
			sample := samples[of.Scalar.Kind]
			if of.Scalar.Kind == Enum {
				sample = of.Scalar.Values[0]
			}
			d, to := decoder{}, reflect.New(into).Elem()
			n := &syntax.Node{Text: sample, Type: map[string]syntax.Type{"1": syntax.Integer, "true": syntax.Boolean}[sample]}
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%s: %v", path, p)
				}
			}()
			if d.scalar(n, of.Scalar, to) != Good {
				t.Errorf("%s: %v", path, d.List)
			}
		}
	}
	walk("", Definition(), reflect.TypeFor[Spec]())
	walk("", Overlay(), reflect.TypeFor[Spec]())
	for kind := Text; kind <= Language; kind++ {
		if !kinds[kind] {
			t.Errorf("no key is of kind %d", kind)
		}
	}
}

// TestScalarsAreUsed wants no scalar that no key has.
func TestScalarsAreUsed(t *testing.T) {
	unused := maps.Clone(scalars)
	var walk func(Type)
	seen := make(map[*Object]bool)
	walk = func(of Type) {
		if of.Scalar != nil && unused[of.Scalar.Name] == of.Scalar {
			delete(unused, of.Scalar.Name)
		}
		if of.List != nil {
			walk(*of.List)
		}
		if of.Map != nil {
			walk(of.Map.Value)
		}
		if of.Object != nil && !seen[of.Object] {
			seen[of.Object] = true
			for _, key := range of.Object.Keys {
				walk(key.Type)
			}
		}
	}
	walk(Definition())
	walk(Overlay())
	for name := range unused {
		t.Errorf("no key is a %s", name)
	}
}

func decode(t *testing.T, source string) (*Spec, []diag.Problem) {
	t.Helper()
	root, problems := syntax.Parse("s.yaml", []byte(source), syntax.DefaultSize)
	spec, misfits := Decode(root)
	return spec, append(problems, misfits...)
}

func TestDecodeValues(t *testing.T) {
	spec, problems := decode(t, `format: 1
title: "  Shop  "
categories: {c: {action: wait_poll}}
policies: {p: {base: 5s, factor: 1.5, jitter: 20%, retries: unlimited}}
apis:
  shop:
    delay: [{json: /a~1b/c}]
    reply: [{xml: {ok: {at: "/a:b", equals: [1, "1", true]}, code: [/Error/*]}}]
    transport: {tls: {category: c}, dns: {category: c}}
    statuses: {429: {category: c, retry: p}}
    codes: {"0": {category: c, retry: {base: 1s}, status: 400, examples: [{body: " x "}]}}
`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	shop := &spec.APIs.Value.List[0].Value
	status, code := &shop.Statuses.Value.List[0].Value, &shop.Codes.Value.List[0].Value
	form := &shop.Reply.Value[0].Value.XML.Value
	policy := &spec.Policies.Value.List[0].Value
	path, want, _ := form.OK.Value[0].Value.At.Value.In(classify.XML)
	for _, c := range []struct {
		name      string
		want, got any
	}{
		{"text without the space around it", "Shop", spec.Title.Value},
		{"text as written", "  Shop  ", spec.Title.Text},
		{"raw text", " x ", code.Examples.Value[0].Value.Body.Value},
		{"action", classify.WaitPoll, spec.Categories.Value.List[0].Value.Action.Value},
		{"duration", 5 * time.Second, policy.Base.Value},
		{"factor", 1.5, policy.Factor.Value},
		{"jitter", classify.Jitter{Spread: 0.2}, policy.Jitter.Value},
		{"count", classify.Unlimited, policy.Retries.Value},
		{"pointer", classify.Path{"a/b", "c"}, shop.Delay.Value[0].Value.JSON.Value},
		{"elements", classify.Path{"Error", "*"}, form.Code.Value[0].Value},
		{"place that is none of XML", classify.Path(nil), path},
		{"what it should be", "a path of elements such as /Error/Code", want},
		{"value with its type", classify.Scalar{Type: classify.String, Text: "1"}, form.OK.Value[0].Value.Equals.Value[1].Value},
		{"one value in place of a list", 400, code.Status.Value[0].Value},
		{"a name", "p", status.Retry.Value.Name},
		{"what is written in place of a name", time.Second, code.Retry.Value.Here.Value.Base.Value},
		{"keys in the order of the file", []string{"tls", "dns"}, []string{shop.Transport.Value.Entries()[0].Name, shop.Transport.Value.Entries()[1].Name}},
		{"place of a key", diag.Place{File: "s.yaml", Line: 3, Column: 18}, spec.Categories.Value.List[0].Value.Action.Key},
		{"place of a value", diag.Place{File: "s.yaml", Line: 3, Column: 26}, spec.Categories.Value.List[0].Value.Action.Place},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestStates checks what is known of a value against what is wrong around it.
func TestStates(t *testing.T) {
	for _, c := range []struct {
		name, entry string
		want        State // of the entry's retry
		rules       []string
	}{
		{"absent", "{category: c}", Absent, nil},
		{"among keys that can't be read", "{category: c, <<: {retry: p}}", Hidden, []string{syntax.RuleFeature}},
		{"empty", "{category: c, retry: }", Bad, []string{syntax.RuleNull}},
		{"of another kind", "{category: c, retry: [p]}", Bad, []string{"wrong-kind"}},
		{"with a bad value", "{category: c, retry: {base: x}}", Partial, []string{"bad-duration"}},
		{"with an unknown key", "{category: c, retry: {base: 1s, color: red}}", Partial, []string{"unknown-key"}},
		{"with a key twice", "{category: c, retry: {base: 1s, base: 2s}}", Partial, []string{"duplicate-key"}},
		{"without a required key", "{category: c, retry: {first: 1s}}", Partial, []string{"missing-key"}},
		{"with keys that can't be read", "{category: c, retry: {base: 1s, <<: {max: 1s}}}", Partial, []string{syntax.RuleFeature}},
		{"misspelt", "{category: c, retri: p}", Good, []string{"unknown-key"}},
		{"misspelt beside itself", "{category: c, retri: {base: 1s}, retry: p}", Good, []string{"unknown-key"}},
		{"twice", "{category: c, retry: p, retry: {base: x}}", Good, []string{"duplicate-key", "bad-duration"}},
		{"good", "{category: c, retry: p}", Good, nil},
	} {
		spec, problems := decode(t, "format: 1\ncategories: {c: {action: retry}}\napis: {shop: {codes: {A: "+c.entry+"}}}\n")
		var rules []string
		for _, p := range problems {
			rules = append(rules, p.Rule)
		}
		slices.Sort(rules)
		slices.Sort(c.rules)
		if diff := cmp.Diff(c.rules, rules); diff != "" {
			t.Errorf("%s: rules (-want +got):\n%s", c.name, diff)
		}
		entry := &spec.APIs.Value.List[0].Value.Codes.Value.List[0]
		retry := &entry.Value.Retry
		if retry.State != c.want {
			t.Errorf("%s: the state is %d, want %d", c.name, retry.State, c.want)
		}
		if (entry.State == Good) != (len(problems) == 0) {
			t.Errorf("%s: the entry's state is %d with problems of %v", c.name, entry.State, rules)
		}
		if got := retry.Value; !retry.Good() && (got.Name != "" || got.Here != nil) {
			t.Errorf("%s: there is a value: %+v", c.name, got)
		}
	}
}

// TestGoodPairs yields those that are good, and no more than are wanted.
func TestGoodPairs(t *testing.T) {
	pairs := Pairs[string]{List: []Pair[string]{{"a", Field[string]{Mark: Mark{State: Bad}}}, {"b", Field[string]{Mark: Mark{State: Good}}}, {"c", Field[string]{Mark: Mark{State: Partial}}}}}
	var all, first []string
	for pair := range pairs.Good() {
		all = append(all, pair.Name)
	}
	for pair := range pairs.Good() {
		first = append(first, pair.Name)
		break
	}
	if diff := cmp.Diff([][]string{{"b", "c"}, {"b"}}, [][]string{all, first}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMayHave asks for a name that is not in a mapping of operations.
func TestMayHave(t *testing.T) {
	for source, want := range map[string]bool{
		"{}":                               false,
		"{operations: {a: {method: GET}}}": false,
		"{operations: {b: x}}":             true,
		"{operations: [b]}":                true,
		"{operations: {a: {method: GET}, ? [x] : {method: GET}}}":   true,
		"{title: x, ? [operations] : {b: {method: GET}}}":           true,
		"{operations: {a: {method: GET}}, operations: {b: {}}}":     false,
		"{operations: {a: {method: GET}, b: {method: GET, <<: x}}}": true,
	} {
		spec, _ := decode(t, "format: 1\ncategories: {c: {action: retry}}\napis: {shop: "+source+"}\n")
		if got := MayHave(&spec.APIs.Value.List[0].Value.Operations, "b"); got != want {
			t.Errorf("%s may have b: %v, want %v", source, got, want)
		}
	}
}
