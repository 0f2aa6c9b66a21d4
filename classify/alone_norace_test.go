//go:build !race

package classify

const detectsRaces = false
