package importer

import (
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// OpenAPI is read off the tree and not through a library: what a spec needs of it is small,
// the two libraries that there are would triple the modules that users of the command get, one
// of them forgets the order of the document, and both refuse documents that break rules which
// don't matter here. So 2.0, 3.0 and 3.1 are read in one way, as they differ little in what
// they say of replies.

var isOpenAPIText = pattern.Of(`"(?:openapi|swagger)"\s*:\s*"[23]\.|(?m)^(?:openapi|swagger)\s*:\s*['"]?[23]\.`)

func isOpenAPI(f File) bool { return isOpenAPIText().Match(f.Content) }

// openAPI is a reader of documents that refer to each other.
type openAPI struct {
	*draft
	files   map[string]*syntax.Node // by their base names
	main    *syntax.Node            // the document that is read
	refs    map[*syntax.Node]*syntax.Node
	lost    []string // references that lead nowhere
	replies []*described
	facts   map[*syntax.Node][]spot
}

// described is a reply that a document describes.
type described struct {
	operation string
	status    string // a status, a class, or "default"
	node      *syntax.Node
	schema    *syntax.Node // of JSON, or nil
	examples  []*syntax.Node
}

// isError reports whether a reply is none that a client hopes for.
func (r *described) isError() bool { return r.status == "default" || r.status >= "4" }

func readOpenAPI(files []File) (*draft, error) {
	o := &openAPI{
		draft: new(draft), files: make(map[string]*syntax.Node),
		refs: make(map[*syntax.Node]*syntax.Node), facts: make(map[*syntax.Node][]spot),
	}
	var mains []*syntax.Node
	for _, f := range files {
		root, err := document(f)
		if err != nil {
			return nil, err
		}
		if root.Kind != syntax.Mapping {
			return nil, faultf(root.Place, "%s, and not an OpenAPI document", root.Kind)
		}
		o.files[path.Base(filepath.ToSlash(f.Name))] = root
		if root.At("paths") != nil {
			mains = append(mains, root)
		}
	}
	if len(mains) == 0 {
		return nil, faultf(o.files[path.Base(filepath.ToSlash(files[0].Name))].Place, "an OpenAPI document without paths has no replies to import")
	}
	for _, main := range mains {
		o.document(main)
	}
	if len(o.replies) == 0 {
		return nil, faultf(mains[0].At("paths").Place, "no operation describes a reply")
	}
	o.describe()
	for _, ref := range o.lost {
		o.leave("what %s refers to: it is not in the files", ref)
	}
	return o.draft, nil
}

// methods are the keys of a path that are operations.
var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

// document reads the operations of a document and the replies that they describe.
func (o *openAPI) document(main *syntax.Node) {
	o.main = main
	if o.title == "" {
		info := main.At("info")
		o.title = clean(text(info, "title"), maxTitle)
		o.summary = firstParagraph(text(info, "description"))
		for _, at := range []string{text(main, "externalDocs", "url"), text(info, "contact", "url"), text(info, "termsOfService")} {
			if isAddress(at) && o.url == "" {
				o.url = at
			}
		}
	}
	prefix := basePath(main)
	for _, item := range main.At("paths").Pairs {
		for _, pair := range o.resolve(item.Value).Pairs {
			if slices.Contains(methods, pair.Key.Text) && strings.HasPrefix(item.Key.Text, "/") {
				o.operation(prefix+item.Key.Text, strings.ToUpper(pair.Key.Text), o.resolve(pair.Value))
			}
		}
	}
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && len(text) <= maxPath && text == clean(text, maxPath)
}

func firstParagraph(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n\n")
	if strings.HasPrefix(first, "#") || strings.HasPrefix(first, "<") {
		return ""
	}
	return clean(first, maxText)
}

// basePath returns the path that all operations start with.
func basePath(main *syntax.Node) string {
	server := text(main, "basePath")
	if servers := main.At("servers"); servers != nil && len(servers.Items) > 0 {
		server = text(servers.Items[0], "url")
		if variables := servers.Items[0].At("variables"); variables != nil {
			for _, v := range variables.Pairs {
				server = strings.ReplaceAll(server, "{"+v.Key.Text+"}", text(v.Value, "default"))
			}
		}
	}
	u, err := url.Parse(server)
	if err != nil || strings.ContainsAny(u.Path, "{}") {
		return ""
	}
	return strings.TrimRight(u.Path, "/")
}

func (o *openAPI) operation(at, method string, n *syntax.Node) {
	op := &operation{name: clean(text(n, "operationId"), maxTitle), title: text(n, "summary"), method: method, path: at}
	if op.title == "" {
		op.title = firstSentence(text(n, "description"))
	}
	o.nameOperation(op)
	if len(op.path) <= maxPath {
		o.operations = append(o.operations, op)
	}
	responses := n.At("responses")
	if responses == nil {
		return
	}
	for _, pair := range responses.Pairs {
		status := strings.ToLower(pair.Key.Text)
		if status != "default" && (!isStatusKey(status) || status[0] > '5' || status[0] == '1') {
			continue
		}
		r := &described{operation: op.name, status: status, node: o.resolve(pair.Value)}
		o.content(r)
		o.replies = append(o.replies, r)
	}
}

// nameOperation makes sure that an operation's name is its own, as a name in code too.
func (d *draft) nameOperation(op *operation) {
	if d.operationNames == nil {
		d.operationNames = make(map[string]bool)
	}
	isTaken := func(name string) bool {
		exported := strings.ToLower(naming.Exported(name, ""))
		return exported == "" || d.operationNames[exported]
	}
	byPath := strings.ToLower(op.method) + "-" + strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune("/{}.:", r) {
			return '-'
		}
		return r
	}, op.path), "-")
	for strings.Contains(byPath, "--") {
		byPath = strings.ReplaceAll(byPath, "--", "-")
	}
	byPath = clean(byPath, maxTitle)
	if op.name == "" || isTaken(op.name) {
		op.name = byPath
	}
	for n := 'b'; isTaken(op.name) && n <= 'z'; n++ {
		op.name = byPath + "-" + string(n)
	}
	d.operationNames[strings.ToLower(naming.Exported(op.name, ""))] = true
}

func firstSentence(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if first, _, ok := strings.Cut(text, ". "); ok {
		text = first
	}
	return clean(strings.TrimSuffix(strings.TrimSpace(text), "."), maxTitle)
}

// content finds the schema and the examples of a reply: those of JSON.
func (o *openAPI) content(r *described) {
	if r.schema = r.node.At("schema"); r.schema != nil { // OpenAPI 2.0
		r.schema = o.resolve(r.schema)
	}
	if examples := r.node.At("examples"); examples != nil {
		for _, pair := range examples.Pairs {
			if isJSONType(pair.Key.Text) {
				r.examples = append(r.examples, pair.Value)
			}
		}
	}
	content := r.node.At("content")
	if content == nil {
		return
	}
	for _, pair := range content.Pairs {
		if !isJSONType(pair.Key.Text) {
			continue
		}
		media := o.resolve(pair.Value)
		if schema := media.At("schema"); schema != nil && r.schema == nil {
			r.schema = o.resolve(schema)
		}
		if one := media.At("example"); one != nil {
			r.examples = append(r.examples, one)
		}
		if several := media.At("examples"); several != nil {
			for _, named := range several.Pairs {
				if value := o.resolve(named.Value).At("value"); value != nil {
					r.examples = append(r.examples, value)
				}
			}
		}
	}
	if r.schema != nil && len(r.examples) == 0 {
		if one := r.schema.At("example"); one != nil {
			r.examples = append(r.examples, one)
		} else if several := r.schema.At("examples"); several != nil {
			r.examples = append(r.examples, several.Items...)
		}
	}
}

func isJSONType(mediaType string) bool {
	mediaType, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
	return strings.HasSuffix(mediaType, "json") || mediaType == "*/*"
}

// resolve follows references. A node that none leads to is an empty mapping.
func (o *openAPI) resolve(n *syntax.Node) *syntax.Node {
	from := n
	if done := o.refs[from]; done != nil {
		return done
	}
	for range maxRefs {
		ref := text(n, "$ref")
		if ref == "" {
			o.refs[from] = n
			return n
		}
		target := o.target(n, ref)
		if target == nil {
			if ref = clean(ref, maxTitle); !slices.Contains(o.lost, ref) {
				o.lost = append(o.lost, ref)
			}
			break
		}
		n = target
	}
	empty := &syntax.Node{Kind: syntax.Mapping, Place: n.Place}
	o.refs[from] = empty
	return empty
}

// maxRefs is how many references are followed from one to the next.
const maxRefs = 32

// target returns what a reference names, in its own file or in another one of those given.
func (o *openAPI) target(from *syntax.Node, ref string) *syntax.Node {
	file, pointer, _ := strings.Cut(ref, "#")
	name := path.Base(filepath.ToSlash(from.Place.File))
	if file != "" {
		name = path.Base(file)
	}
	n := o.files[name]
	for _, step := range strings.Split(pointer, "/")[min(1, len(pointer)):] {
		if unescaped, err := url.PathUnescape(step); err == nil {
			step = unescaped
		}
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		if n = n.At(step); n == nil {
			return nil
		}
	}
	return n
}

// statusMeaning says what a status means where no source does.
func statusMeaning(key string) string {
	switch strings.ToLower(key) {
	case "2xx":
		return "Success"
	case "3xx":
		return "Redirected"
	case "4xx":
		return "Request refused"
	case "5xx":
		return "Server error"
	}
	status := 0
	for _, digit := range key {
		status = status*10 + int(digit-'0')
	}
	if text := http.StatusText(status); text != "" {
		return text
	}
	return "Status " + key
}
