package classify

import "context"

// asked is what a context says of the requests made with it.
type asked struct {
	named     bool
	operation Operation // if it is named
	changes   []func(*Options)
}

type askedKey struct{}

// askedOf returns what a context says; nil for nothing.
func askedOf(ctx context.Context) *asked {
	a, _ := ctx.Value(askedKey{}).(*asked)
	return a
}

// copyOf returns a copy to change.
func copyOf(a *asked) *asked {
	if a == nil {
		return new(asked)
	}
	own := *a
	return &own
}

// WithOperation returns a context that names the operation of the requests made
// with it, for a [Transport]. Without it the operation is found by method and
// path.
func WithOperation(ctx context.Context, operation Operation) context.Context {
	a := copyOf(askedOf(ctx))
	a.named, a.operation = true, operation
	return context.WithValue(ctx, askedKey{}, a)
}

// WithOptions returns a context that changes the options of a [Transport] for the requests
// made with it. For each request, every change is called with a copy of the Transport's
// options, those of an outer WithOptions first, and what is left there holds for the
// request. What a change does not touch stays; the Transport and other requests keep
// theirs. The operation that [WithOperation] names is preferred to Operation. Changes can
// be called concurrently. [Do], [Job] and the adapters don't ask: their options are
// those of one call already.
func WithOptions(ctx context.Context, changes ...func(*Options)) context.Context {
	a := copyOf(askedOf(ctx))
	a.changes = append(a.changes[:len(a.changes):len(a.changes)], changes...)
	return context.WithValue(ctx, askedKey{}, a)
}

// with returns the transport with what is asked for one request.
func (t *Transport) with(a *asked) *Transport {
	own := *t
	for _, change := range a.changes {
		if change != nil {
			change(&own.Options)
		}
	}
	return &own
}

type numberKey struct{}

// AttemptNumber returns which attempt a call is, from 1, by the context that the function
// of a [Do] or [Job], or the base of a [Transport], has received. It is 0 if the context is
// of none, or if the options don't say Numbered. Of loops in each other, the inner one
// counts that is Numbered. A Job counts the calls for each task, submissions and polls
// apart.
func AttemptNumber(ctx context.Context) int {
	n, _ := ctx.Value(numberKey{}).(int)
	return n
}

// numbered returns the context of an attempt.
func numbered(ctx context.Context, attempt int) context.Context {
	return context.WithValue(ctx, numberKey{}, attempt)
}
