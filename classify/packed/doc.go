// Package packed is how generated code holds its tables: as data without pointers, so that
// thousands of codes cost a program no time at its start and its garbage collector no work.
//
// It is for generated code, the generator and package classify alone. Nothing in it is
// promised: it changes with the marker of the layout. Unlike classify it needs no net/http.
package packed

// Layout10 marks the layout of the tables of this package and of classify. Generated code
// refers to the marker of the layout it was made for, so that a generated package and
// a classify that do not fit together fail to compile instead of misbehaving.
const Layout10 = true
