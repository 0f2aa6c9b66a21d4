// Package attack has nothing but tests. They attack the built command from outside, by its
// spec, its disk, its processes and its server, and look whether it keeps what
// docs/reliability.md promises. go test runs a part of each attack, make attack all of it.
package attack
