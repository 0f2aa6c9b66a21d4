package syntax

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// DefaultSize is how many bytes a file may have where nothing else is said.
const DefaultSize = 16 << 20

// bytesPerNode is for how many bytes that a file may have it may hold a key or a value:
// they, and not the bytes, are what takes time and memory.
const bytesPerNode = 24

// maxDepth is how deep keys and lists may be nested. No spec needs a quarter of it.
const maxDepth = 100

func maxNodes(size int64) int64 { return size / bytesPerNode }

// Reader reads the files of a spec. What limits a file limits all of them together.
type Reader struct {
	files        int   // how many there are
	size         int64 // how many bytes they may have
	bytes, nodes int64 // that those have which are read
}

// NewReader returns a reader of so many files, which may have so many bytes together.
func NewReader(files int, size int64) *Reader { return &Reader{files: files, size: size} }

// isFull reports whether what is read has more than the files may have.
func (r *Reader) isFull() bool { return r.bytes > r.size || r.nodes > maxNodes(r.size) }

// have says in words that the files have too much.
func (r *Reader) have() string {
	if r.files > 1 {
		return "the files have together more than "
	}
	return "the file has more than "
}

// tooLarge reports a file that is larger than it may be.
func (p *parser) tooLarge() {
	p.problem(diag.Place{File: p.file}, RuleLimit, p.have()+sizeText(p.size), "--max-size raises the limit")
}

func (p *parser) tooMany(at diag.Place) {
	p.problem(at, RuleLimit, fmt.Sprintf("%s%d keys and values up to here", p.have(), maxNodes(p.size)), "--max-size raises this limit too")
}

func (p *parser) tooDeep(at diag.Place) {
	p.problem(at, RuleLimit, fmt.Sprintf("more than %d levels of keys and lists in each other", maxDepth), "")
}

// sizeText returns a size in the largest unit in which it is a whole number.
func sizeText(size int64) string {
	units := []string{"bytes", "KiB", "MiB", "GiB"}
	for len(units) > 1 && size%1024 == 0 {
		size, units = size/1024, units[1:]
	}
	return fmt.Sprintf("%d %s", size, units[0])
}

// count counts a node and those below it, and reports the first that is too many: some take
// fewer tokens than watched expects.
func (p *parser) count(n *yaml.Node) {
	if p.nodes++; p.nodes == maxNodes(p.size)+1 {
		p.tooMany(p.place(n))
	}
	for _, below := range n.Content {
		p.count(below)
	}
}

// errLimit ends the reading of a file with too many keys and values.
var errLimit = errors.New("too many keys and values")

// watched is a source that ends with errLimit once the YAML parser has found too much in
// it: before all of that is in memory.
type watched struct {
	source *bytes.Reader
	most   int64
	tokens reflect.Value // how many the parser has found so far
}

// watch returns a decoder of a source, and what it reads by.
func watch(source []byte, most int64) (*yaml.Decoder, *watched) {
	w := &watched{source: bytes.NewReader(source), most: most}
	decoder := yaml.NewDecoder(w)
	w.tokens = parserState(decoder).FieldByName("tokens_parsed")
	return decoder, w
}

// tokensPerNode is how many tokens of the YAML parser a key or a value takes: its own, and
// the sign before or after it.
const tokensPerNode = 2

func (w *watched) Read(to []byte) (int, error) {
	if w.exceeded() {
		return 0, errLimit
	}
	return w.source.Read(to)
}

func (w *watched) exceeded() bool {
	return w.tokens.Int()/tokensPerNode > w.most
}
