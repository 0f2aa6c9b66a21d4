package simulate

import "time"

// event is that a caller sends a request or gets a reply.
type event struct {
	at     time.Duration
	caller int32
	what   what
}

type what uint8

const (
	send    what = iota
	answer       // a success
	refusal      // 429
	down         // 503
)

func (e event) before(o event) bool { return e.at < o.at || e.at == o.at && e.caller < o.caller }

// events are what is to come: a heap in which each event has four that are not before it. That
// is flatter than container/heap, and allocates nothing for an element.
type events []event

const children = 4

func (q *events) push(e event) {
	*q = append(*q, e)
	all := *q
	i := len(all) - 1
	for i > 0 {
		parent := (i - 1) / children
		if !e.before(all[parent]) {
			break
		}
		all[i] = all[parent]
		i = parent
	}
	all[i] = e
}

// pop takes the next event; there has to be one.
func (q *events) pop() event {
	all := *q
	first, last := all[0], all[len(all)-1]
	all = all[:len(all)-1]
	*q = all
	i := 0
	for {
		least := i*children + 1
		if least >= len(all) {
			break
		}
		for j := least + 1; j < min(i*children+1+children, len(all)); j++ {
			if all[j].before(all[least]) {
				least = j
			}
		}
		if !all[least].before(last) {
			break
		}
		all[i] = all[least]
		i = least
	}
	if len(all) > 0 {
		all[i] = last
	}
	return first
}
