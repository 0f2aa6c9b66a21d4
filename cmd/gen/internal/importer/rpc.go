package importer

import (
	"slices"
	"strconv"
	"strings"
)

// rpcCode is one of the codes that a call of gRPC can end with, with the HTTP status that it is
// mapped to (googleapis, google/rpc/code.proto).
type rpcCode struct {
	name     string
	number   int
	status   int
	meaning  string
	fix      string
	category string // "" where it is guessed from the status
}

var rpcCodes = []rpcCode{
	{"CANCELLED", 1, 499, "The call was cancelled, as a rule by its caller", "Send it again if the result is still wanted", "permanent"},
	{"UNKNOWN", 2, 500, "An error of which the server does not say what it is", "", ""},
	{"INVALID_ARGUMENT", 3, 400, "An argument is wrong, whatever the state of the system", "Correct the argument that the message names", "permanent"},
	{"DEADLINE_EXCEEDED", 4, 504, "Not done in time; it may be done all the same", "", "transient"},
	{"NOT_FOUND", 5, 404, "What the request names does not exist", "Check the names in the request", "permanent"},
	{"ALREADY_EXISTS", 6, 409, "What was to be created exists already", "Use what is there, or take another name", "permanent"},
	{"PERMISSION_DENIED", 7, 403, "The caller may not do this", "Ask for the permission that the message names", "account"},
	{"RESOURCE_EXHAUSTED", 8, 429, "A quota is used up, or something is full", "", ""},
	{"FAILED_PRECONDITION", 9, 400, "The system is not in the state that the call needs", "Bring about that state, then send the request", "permanent"},
	{"ABORTED", 10, 409, "Stopped by another call that is under way", "", ""},
	{"OUT_OF_RANGE", 11, 400, "Past the end of what there is", "Ask for what is in the range", "permanent"},
	{"UNIMPLEMENTED", 12, 501, "The server does not have this operation", "Check the operation and the version of the API", "permanent"},
	{"INTERNAL", 13, 500, "A fault in the server", "", ""},
	{"UNAVAILABLE", 14, 503, "The service can't answer now", "", "transient"},
	{"DATA_LOSS", 15, 500, "Data is lost or damaged for good", "Stop, and tell those who run the API", "permanent"},
	{"UNAUTHENTICATED", 16, 401, "No valid credentials", "Send valid credentials", "permanent"},
}

// rpcCodeNamed returns a code by its name in any spelling, or nil.
func rpcCodeNamed(name string) *rpcCode {
	name = strings.ReplaceAll(strings.ToUpper(spaced(name)), " ", "_")
	if name == "CANCELED" {
		name = "CANCELLED"
	}
	i := slices.IndexFunc(rpcCodes, func(c rpcCode) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return &rpcCodes[i]
}

// enoughForRPC is how many of these codes have to be there for them to be gRPC's.
const enoughForRPC = 8

// rpc gives the codes of gRPC the statuses that they have over HTTP.
func (d *draft) rpc() {
	found := make(map[*entry]int)
	for _, e := range d.codes {
		name := e.key
		if e.rpc != "" {
			name = e.rpc
		}
		if c := rpcCodeNamed(name); c != nil {
			found[e] = c.status
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

// rpcSpelling is how else replies spell the codes of gRPC.
type rpcSpelling struct{ asNumber, asConnect bool }

// addRPCCodes adds the codes of gRPC. What the source itself says of one stays.
func (d *draft) addRPCCodes(and rpcSpelling) {
	said := false
	for _, c := range rpcCodes {
		e, isNew := d.code(c.name)
		if isNew {
			e.meaning = c.meaning
			if !said {
				e.notes = append(e.notes, "The codes from here on are those of google.rpc.Code: any call may end with them.")
			}
			said = true
		}
		if len(e.statuses) == 0 {
			e.statuses = []int{c.status}
		}
		if e.category.name == "" {
			e.category.name = c.category
		}
		if e.fix == "" {
			e.fix = c.fix
		}
		if and.asNumber {
			e.aliases = append(e.aliases, strconv.Itoa(c.number))
		}
		if and.asConnect {
			e.aliases = append(e.aliases, strings.Replace(strings.ToLower(c.name), "cancelled", "canceled", 1))
		}
	}
}
