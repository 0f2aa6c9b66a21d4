// Package bench holds errkb's runtime beside the retry libraries that Go
// programs use: benchmarks that run all of them side by side, and tests that
// errkb's adapters fit them. It is a separate module, so that none of these
// libraries becomes a requirement of whoever imports errkb.
package bench
