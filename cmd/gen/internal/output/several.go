package output

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// writers is how many files are made, compared or written at once. Much of the time goes by
// in waiting for the disk, which syncs several files as fast as one; more writers than this
// get into each other's way in one directory.
const writers = 4

// several calls a function for each number below n, for some of them at a time, and returns
// the error for the lowest. Once there is one, no further call begins. A panic of the
// function is one of several.
func several(n int, do func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var failed atomic.Bool
	var bug atomic.Value
	work := func(i int) {
		defer func() {
			if r := recover(); r != nil {
				bug.CompareAndSwap(nil, fmt.Sprintf("%v\n\n%s", r, debug.Stack()))
				failed.Store(true)
			}
		}()
		if errs[i] = do(i); errs[i] != nil {
			failed.Store(true)
		}
	}
	var wait sync.WaitGroup
	for range min(writers, n) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && !failed.Load(); i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	wait.Wait()
	if r := bug.Load(); r != nil {
		panic(r)
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
