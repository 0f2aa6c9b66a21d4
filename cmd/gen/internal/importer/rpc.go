package importer

import "strings"

// rpcStatuses are the HTTP statuses of the codes of gRPC, as google.rpc.Code maps them
// (googleapis, google/rpc/code.proto).
var rpcStatuses = map[string]int{
	"CANCELLED": 499, "CANCELED": 499, "UNKNOWN": 500, "INVALID_ARGUMENT": 400, "DEADLINE_EXCEEDED": 504, "NOT_FOUND": 404, "ALREADY_EXISTS": 409,
	"PERMISSION_DENIED": 403, "UNAUTHENTICATED": 401, "RESOURCE_EXHAUSTED": 429, "FAILED_PRECONDITION": 400, "ABORTED": 409,
	"OUT_OF_RANGE": 400, "UNIMPLEMENTED": 501, "INTERNAL": 500, "UNAVAILABLE": 503, "DATA_LOSS": 500,
}

// enoughForRPC is how many of these codes have to be there for them to be gRPC's.
const enoughForRPC = 8

// rpc gives the codes of gRPC the statuses that they have over HTTP.
func (d *draft) rpc() {
	found := make(map[*entry]int)
	for _, e := range d.codes {
		name := e.key
		if e.rpc != "" {
			name = strings.ReplaceAll(spaced(e.rpc), " ", "_")
		}
		if status := rpcStatuses[strings.ToUpper(name)]; status != 0 {
			found[e] = status
		}
	}
	if len(found) < enoughForRPC {
		return
	}
	for e, status := range found {
		if len(e.statuses) == 0 {
			e.statuses = []int{status}
			e.notes = append(e.notes, "The status is that of google.rpc.Code.")
		}
	}
}
