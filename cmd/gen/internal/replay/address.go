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
	if scheme := bytes.Index(c.url, []byte("://")); scheme >= 0 && scheme < 8 {
		host, path = c.url[scheme+3:], nil
		if slash := bytes.IndexAny(host, "/?#"); slash >= 0 {
			host, path = host[:slash], host[slash:]
		}
		host = host[bytes.LastIndexByte(host, '@')+1:]
	}
	if end := bytes.IndexAny(path, "?#"); end >= 0 {
		path = path[:end]
	}
	if port := bytes.IndexByte(host, ':'); port >= 0 && host[0] != '[' {
		host = host[:port]
	}
	return host, path
}

// isHost reports whether a host is one of an API, or below it.
func isHost(host []byte, own string) bool {
	if len(host) < len(own) || !bytes.EqualFold(host[len(host)-len(own):], []byte(own)) {
		return false
	}
	return len(host) == len(own) || host[len(host)-len(own)-1] == '.'
}

func (a *api) has(operation classify.Operation) bool {
	return slices.ContainsFunc(a.Operations, func(op *model.Operation) bool { return op.Name == string(operation) })
}

// maxCalled is how many addresses are kept with their operations.
const maxCalled = 1 << 12

// operation returns the operation of a request, and "" for none.
func (a *api) operation(method, path []byte) classify.Operation {
	if len(path) == 0 || !a.paths {
		return ""
	}
	var room [128]byte
	key := append(append(append(room[:0], method...), ' '), path...)
	operation, known := a.called[string(key)]
	if !known {
		operation = a.table.OperationOf(strings.ToUpper(string(method)), string(path))
		if len(a.called) >= maxCalled {
			clear(a.called)
		}
		a.called[string(key)] = operation
	}
	return operation
}
