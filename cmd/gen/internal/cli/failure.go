package cli

import "fmt"

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
	err    error // nil where the output says it all
}

func (f *failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit status %d", f.status)
	}
	return f.err.Error()
}

func (f *failure) Unwrap() error { return f.err }

// usagef is a wrong use of the command.
func usagef(format string, args ...any) *failure {
	return &failure{statusUsage, fmt.Errorf(format, args...)}
}

// foundf is a result that the caller did not hope for.
func foundf(format string, args ...any) *failure {
	return &failure{statusFound, fmt.Errorf(format, args...)}
}

// internalf is what neither the arguments nor the spec can help.
func internalf(format string, args ...any) *failure {
	return &failure{statusInternal, fmt.Errorf(format, args...)}
}
