package diag

import "fmt"

// List is the problems that are found so far. Of very many, the first of the file are kept,
// and the others counted.
type List []Problem

// Errorf adds an error and returns it, for a hint or a related place.
func (l *List) Errorf(at Place, rule, message string, args ...any) *Problem {
	return l.add(Error, at, rule, fmt.Sprintf(message, args...))
}

// Warnf adds a warning and returns it, for a hint or a related place.
func (l *List) Warnf(at Place, rule, message string, args ...any) *Problem {
	return l.add(Warning, at, rule, fmt.Sprintf(message, args...))
}

func (l *List) add(severity Severity, at Place, rule, message string) *Problem {
	l.trim()
	*l = append(*l, Problem{Place: at, Severity: severity, Rule: rule, Message: message})
	return &(*l)[len(*l)-1]
}

// Relate adds a second place to a problem.
func (p *Problem) Relate(at Place, message string) {
	p.Related = append(p.Related, Related{Place: at, Message: message})
}
