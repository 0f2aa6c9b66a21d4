package replay

import (
	"bytes"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// addressOf returns the host and the path of a request, without user, port, query and
// fragment.
func addressOf(c *call) (host, path []byte) {
	host, path = c.host, c.url
	for _, mark := range [...]byte{'?', '#'} {
		if end := bytes.IndexByte(path, mark); end >= 0 {
			path = path[:end]
		}
	}
	if scheme := bytes.Index(path[:min(len(path), 8)], []byte("://")); scheme >= 0 {
		host, path = path[scheme+3:], nil
		if slash := bytes.IndexByte(host, '/'); slash >= 0 {
			host, path = host[:slash], host[slash:]
		}
		host = host[bytes.LastIndexByte(host, '@')+1:]
	}
	if port := bytes.IndexByte(host, ':'); port >= 0 && host[0] != '[' {
		host = host[:port]
	}
	return host, path
}

// isHost reports whether a host is one of an API, or below it.
func isHost(host []byte, own string) bool {
	if len(host) < len(own) {
		return false
	}
	if end := host[len(host)-len(own):]; string(end) != own && !strings.EqualFold(string(end), own) {
		return false
	}
	return len(host) == len(own) || host[len(host)-len(own)-1] == '.'
}

func (a *api) has(operation classify.Operation) bool {
	return slices.ContainsFunc(a.Operations, func(op *model.Operation) bool { return op.Name == string(operation) })
}

// maxCalled is how many addresses are kept with their operations, and maxKept how long one is.
const (
	maxCalled = 1 << 12
	maxKept   = 1 << 8
)

// operation returns the operation of a request, and "" for none.
func (a *api) operation(method, path []byte) classify.Operation {
	if len(path) == 0 || !a.paths {
		return ""
	}
	var room [128]byte
	key := append(append(append(room[:0], method...), ' '), path...)
	operation, known := a.called[string(key)]
	if known {
		return operation
	}
	operation = a.table.OperationOf(strings.ToUpper(string(method)), string(path))
	if len(key) <= maxKept {
		if len(a.called) >= maxCalled {
			clear(a.called)
		}
		a.called[string(key)] = operation
	}
	return operation
}
