package classify

import "fmt"

// Action is what a caller does about a reply. The zero value is [Fail]: a
// decision nobody made stops instead of retrying.
type Action uint8

// The actions. Their texts are those of the catalog format.
const (
	// Fail: stop; the request has to be changed before it is sent again.
	Fail Action = iota
	// Retry: wait, then send the same request again.
	Retry
	// Resubmit: the task is lost; start a new one with the same input.
	Resubmit
	// WaitPoll: not an error; the result is not ready, ask again later.
	WaitPoll
	// FixAccount: stop; a person must act on the account first.
	FixAccount
	// OK: success; use the result.
	OK
)

var actionNames = [...]string{"fail", "retry", "resubmit", "wait_poll", "fix_account", "ok"}

// Actions lists every action in order of value.
func Actions() []Action { return []Action{Fail, Retry, Resubmit, WaitPoll, FixAccount, OK} }

// String returns the action's name in the catalog format, such as "wait_poll".
func (a Action) String() string {
	if int(a) < len(actionNames) {
		return actionNames[a]
	}
	return fmt.Sprintf("Action(%d)", uint8(a))
}

// Waits reports whether the action sends something again after a wait: retry,
// resubmit and wait_poll do.
func (a Action) Waits() bool { return a == Retry || a == Resubmit || a == WaitPoll }

// MarshalText returns the action's name. It fails for a value out of range.
func (a Action) MarshalText() ([]byte, error) {
	if int(a) >= len(actionNames) {
		return nil, fmt.Errorf("unknown action %d", uint8(a))
	}
	return []byte(actionNames[a]), nil
}

// UnmarshalText sets the action from its name; it fails for any other text.
func (a *Action) UnmarshalText(text []byte) error {
	for i, name := range actionNames {
		if string(text) == name {
			*a = Action(i)
			return nil
		}
	}
	return fmt.Errorf("unknown action %q", text)
}

// Category is the name of a catalog's own grouping of errors. Generated
// packages declare a constant for each.
type Category string

// Operation is the name of a call of the API, such as "submit". Generated
// packages declare a constant for each.
type Operation string
