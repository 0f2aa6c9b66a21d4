package importer

import (
	"slices"
	"strings"
)

// protoForms says where replies have their codes: at the fields of messages whose types are
// enums of errors, and where the carrier of the calls has the reason of google.rpc.ErrorInfo and
// the code of google.rpc.Code.
func (p *protoReader) protoForms() {
	f := &form{syntax: "json"}
	details, replies := p.protoPlaces()
	for _, t := range replies.best(enoughForCode) {
		f.code = append(f.code, t.placeNote(len(p.replies), "replies"))
		f.message = append(f.message, note{placeScalar(append(slices.Clone(t.spot.path[:len(t.spot.path)-1]), "message")), ""})
	}
	switch {
	case p.isKratos:
		f.code = append(f.code, note{"/reason", "go-kratos, whose options the enum has, says it there"})
		f.message = append(f.message, note{"/message", ""})
	case len(p.operations) > 0 && !p.hasHTTP:
		p.overConnect(f, details)
	default:
		p.overHTTP(f, details)
	}
	p.forms = append(p.forms, f)
	if len(p.operations) > 0 {
		if e, isNew := p.status("200"); isNew {
			e.meaning = statusMeaning(e.key)
			e.notes = append(e.notes, "A call that ends with the code OK.")
		}
	}
}

// Where google.rpc.Status is in replies, and who has it there.
var (
	inError = carrier{"/error", "as Google and Envoy have it"}
	atRoot  = carrier{"", "as gRPC-Gateway has it"}
)

type carrier struct{ at, who string }

// overHTTP adds the places in a google.rpc.Status that is JSON.
func (p *protoReader) overHTTP(f *form, details []string) {
	carriers := []carrier{inError, atRoot}
	if strings.HasSuffix(p.host, ".googleapis.com") {
		carriers = carriers[:1]
	}
	for i, c := range carriers {
		comment := "google.rpc.ErrorInfo, " + c.who
		if i == 0 && len(carriers) > 1 {
			comment = toDo("which do replies have? This is " + comment)
		}
		for _, at := range details {
			f.code = append(f.code, note{placeOf(c.at + "/details/*" + at), "the type of the field"})
		}
		f.code = append(f.code, note{placeOf(c.at + "/details/*/reason"), comment})
		p.delays = append(p.delays, note{"{json: " + placeOf(c.at+"/details/*/retryDelay") + "}", "google.rpc.RetryInfo"})
		p.requestIDs = append(p.requestIDs, note{"{json: " + placeOf(c.at+"/details/*/requestId") + "}", "google.rpc.RequestInfo"})
		p.fields = append(p.fields, note{"{json: " + placeOf(c.at+"/details/*/fieldViolations/*/field") + "}", "google.rpc.BadRequest"})
		f.message = append(f.message, note{c.at + "/message", ""})
	}
	if len(p.operations) == 0 {
		return
	}
	f.code = append(f.code, note{"/error/status", "the name of google.rpc.Code"})
	if len(carriers) > 1 {
		f.code = append(f.code, note{"/code", "its number"})
	}
	p.delays = append(p.delays, note{"{header: Retry-After}", "HTTP has it (RFC 9110 section 10.2.3)"})
	p.addRPCCodes(rpcSpelling{asNumber: len(carriers) > 1})
}

// overConnect adds the places in replies of calls that no rule binds to HTTP: those of Connect,
// and the trailer of gRPC itself.
func (p *protoReader) overConnect(f *form, details []string) {
	for _, at := range details {
		f.code = append(f.code, note{placeOf("/details/*/debug" + at), "the type of the field; Connect has it there"})
	}
	f.code = append(f.code, note{placeOf("/details/*/debug/reason"), toDo("which do replies have? This is google.rpc.ErrorInfo, as Connect has it")},
		note{"/code", "the name of google.rpc.Code, as Connect has it"})
	f.message = append(f.message, note{"/message", ""})
	p.forms = append(p.forms, &form{syntax: "header", code: []note{{"Grpc-Status", "the number of google.rpc.Code, as gRPC has it"}}, none: []string{"0"}})
	p.addRPCCodes(rpcSpelling{asNumber: true, asConnect: true})
}

func placeOf(pointer string) string {
	if plainPointer().MatchString(pointer) {
		return pointer
	}
	return quoted(pointer)
}

// protoPlaces finds the fields whose types are enums of errors: below the details of an error,
// for messages that no call answers with, and in what calls answer with.
func (p *protoReader) protoPlaces() (details []string, replies *tallies) {
	p.resolve()
	replies = new(tallies)
	answered := make(map[*protoMessage]bool)
	for _, r := range p.replies {
		if m := lookUp(p.messages, r.scope, r.name); m != nil {
			answered[m] = true
			replies.reply(m.spots(), (*spot).codeScore)
		}
	}
	for _, m := range p.listed {
		if m.isPart || answered[m] {
			continue
		}
		for _, s := range m.spots() {
			if at := pointer(s.path); len(details) < maxPlaces && !slices.Contains(details, at) {
				details = append(details, at)
			}
		}
	}
	return details, replies
}

// resolve finds out what the fields of messages are, and which messages lead to a code.
func (p *protoReader) resolve() {
	within := make(map[*protoMessage][]*protoMessage) // those that have a field of it
	var leading []*protoMessage
	for _, m := range p.listed {
		for i := range m.fields {
			f := &m.fields[i]
			if e := lookUp(p.enums, f.scope, f.kind); e != nil {
				if slices.Contains(p.ofErrors, e) {
					f.codes = e
				}
			} else if f.message = lookUp(p.messages, f.scope, f.kind); f.message != nil && f.message != m {
				f.message.isPart = true
				within[f.message] = append(within[f.message], m)
			}
		}
		if slices.ContainsFunc(m.fields, func(f protoField) bool { return f.codes != nil }) {
			m.leads = true
			leading = append(leading, m)
		}
	}
	for len(leading) > 0 {
		m := leading[len(leading)-1]
		leading = leading[:len(leading)-1]
		for _, outer := range within[m] {
			if !outer.leads {
				outer.leads = true
				leading = append(leading, outer)
			}
		}
	}
}

// spots returns the places of codes in a message.
func (m *protoMessage) spots() (found []spot) {
	steps := 0
	open := make(map[*protoMessage]bool) // what is being walked
	var walk func(m *protoMessage, path []string)
	walk = func(m *protoMessage, path []string) {
		if steps++; m == nil || !m.leads || open[m] || len(path) > maxSpotDepth || steps > maxSpots {
			return
		}
		open[m] = true
		defer delete(open, m)
		for _, f := range m.fields {
			at := append(slices.Clone(path), f.name)
			switch {
			case f.codes != nil && m.alternatives(f.oneof) > 1: // any of them is there, and each is a code
				at[len(at)-1] = "*"
			case f.isList:
				at = append(at, "*")
			}
			if f.codes == nil {
				walk(f.message, at)
			} else if !slices.ContainsFunc(found, func(s spot) bool { return slices.Equal(s.path, at) }) {
				found = append(found, spot{path: at, kind: "string", isEnum: true, values: f.codes.listed()})
			}
		}
	}
	walk(m, nil)
	return found
}

// alternatives counts the fields of a oneof whose types are enums of errors.
func (m *protoMessage) alternatives(oneof string) (n int) {
	for _, f := range m.fields {
		if f.codes != nil && f.oneof == oneof && oneof != "" {
			n++
		}
	}
	return n
}
