package classify_test

import (
	"context"
	"fmt"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
)

// tasks stands in for a generated package's Catalog(): an API that takes a task
// first and has its result later.
var tasks = &classify.Catalog{
	Name:      "tasks",
	Endpoints: []classify.Endpoint{{Operation: "submit"}, {Operation: "poll", Repeatable: true}},
	Forms: []classify.Form{{
		Syntax: classify.Text,
		OK:     []classify.Test{{Kind: classify.PrefixIs, Prefix: []string{"OK|"}}},
		Code:   []classify.Path{{""}},
	}},
	Codes: []classify.Entry{
		{Kind: classify.KindCode, Number: 1, Code: "NOT_READY", Action: classify.WaitPoll, Policy: &classify.Policy{Name: "poll", Base: time.Millisecond, Retries: classify.Unlimited, Within: time.Minute}},
		{Kind: classify.KindCode, Number: 2, Code: "LOST", Action: classify.Resubmit, Policy: &classify.Policy{Name: "resubmit", Retries: 2}},
	},
	Index: packed.NewIndex([]string{"NOT_READY", "LOST"}, false),
}

func ExampleJob() {
	answers := []string{"NOT_READY", "LOST", "NOT_READY", "OK|7hq2"}
	submitted := 0
	job := classify.Job[int, string]{
		Options:         classify.Options{Catalog: tasks},
		SubmitOperation: "submit",
		PollOperation:   "poll",
		Submit: func(context.Context) (int, error) {
			submitted++
			return submitted, nil
		},
		Poll: func(_ context.Context, task int) (string, error) {
			answer := answers[0]
			answers = answers[1:]
			err := tasks.Check(classify.Reply{Body: []byte(answer), Operation: "poll"})
			return answer, err
		},
		Progress: func(_ context.Context, p classify.Progress[int]) error {
			_, err := fmt.Println(p.Step, p.State.Tasks)
			return err
		},
	}
	result, err := job.Run(context.Background())
	fmt.Println(result, err)
	// Output:
	// submitted [1]
	// not ready [1]
	// resubmitting [1]
	// submitted [1 2]
	// not ready [1 2]
	// OK|7hq2 <nil>
}
