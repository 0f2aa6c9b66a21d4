package cli

import (
	"errors"
	"fmt"
)

// The exit statuses.
const (
	statusDone     = 0
	statusFound    = 1 // problems were found, output is stale, or nothing was found
	statusUsage    = 2
	statusInternal = 3
)

// failure is an error with the exit status that it leads to.
type failure struct {
	status int
	err    error
	help   bool // the command's help says more
}

func (f *failure) Error() string { return f.err.Error() }

func (f *failure) Unwrap() error { return f.err }

// failureOf returns the failure that an error of a command is, nil for none.
// Cobra's own errors are about the arguments.
func failureOf(err error) *failure {
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[*failure](err); ok {
		return f
	}
	if overlay, ok := errors.AsType[*overlayError](err); ok {
		return &failure{status: statusUsage, err: overlay}
	}
	return usagef("%w", err)
}

// usagef is a wrong use of the command.
func usagef(format string, args ...any) *failure {
	return &failure{status: statusUsage, err: fmt.Errorf(format, args...), help: true}
}

// unreadable is an input that the arguments name and that can't be read.
func unreadable(what string, err error) *failure {
	return &failure{status: statusUsage, err: fmt.Errorf("read %s: %w", what, err)}
}

// foundf is a result that the caller did not hope for.
func foundf(format string, args ...any) *failure {
	return &failure{status: statusFound, err: fmt.Errorf(format, args...)}
}

// internalf is what neither the arguments nor the spec can help.
func internalf(format string, args ...any) *failure {
	return &failure{status: statusInternal, err: fmt.Errorf(format, args...)}
}
