package classify

import (
	"fmt"
	"strings"
	"testing"
)

// jsonBodies are replies whose code stands behind all else: a short one, a list that
// fits a page, and one that is as long as what is looked at.
func jsonBodies() []struct{ name, body string } {
	list := func(size int) string {
		var b strings.Builder
		b.WriteString(`{"status":0,"data":[`)
		for i := 0; b.Len() < size-150; i++ {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"id":%d,"name":"worker %d","tags":["fast","eu-%d"],"load":%d.5,"note":"Waits for a slot, as the region is full.","busy":true}`, 100000+i, i, i%7, i%100)
		}
		b.WriteString(`],"page":{"next":null,"size":50},"request":"NO_SLOT","message":"No slot is free."}`)
		return b.String()
	}
	return []struct{ name, body string }{
		{"85B", `{"status":0,"message":"No slot is free, try later.","request":"NO_SLOT","took":12.5}`},
		{"2KB", list(2 << 10)},
		{"60KB", list(60 << 10)},
	}
}

// manyPlaces is an API whose replies are looked at in fifteen places, by three forms.
func manyPlaces() *Catalog {
	c := taskAPI()
	c.Forms = nil
	for _, root := range []string{"error", "fault", "problem"} {
		c.Forms = append(c.Forms, Form{
			Syntax: JSON,
			OK:     []Test{{At: Path{root, "ok"}, Values: []Scalar{{Bool, "true"}}}, {At: Path{"status"}, Values: []Scalar{{Number, "1"}}}},
			Code:   []Path{{root, "code"}, {root, "details", "0", "reason"}, {root, "type"}},
		})
	}
	c.Forms[2].Code = append(c.Forms[2].Code, Path{"request"})
	return c
}

func BenchmarkClassifyJSON(b *testing.B) {
	for _, body := range jsonBodies() {
		for _, api := range []struct {
			name string
			c    *Catalog
		}{{"", taskAPI()}, {" places", manyPlaces()}} {
			reply := Reply{Status: 200, Body: []byte(body.body)}
			if d := api.c.Classify(reply); d.Code != "NO_SLOT" {
				b.Fatal(d.Why())
			}
			b.Run(body.name+api.name, func(b *testing.B) {
				b.SetBytes(int64(len(body.body)))
				b.ReportAllocs()
				for b.Loop() {
					api.c.Classify(reply)
				}
			})
		}
	}
}
