package bench

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/buger/jsonparser"
	"github.com/bytedance/sonic"
	jsonv2 "github.com/go-json-experiment/json"
	gojson "github.com/goccy/go-json"
	"github.com/valyala/fastjson"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
)

// byCode is an API whose JSON bodies hold the code behind all else.
var byCode = func() *classify.Catalog {
	c := *byBody
	c.Codes = []classify.Entry{{Kind: classify.KindCode, Number: 1, Code: "NO_SLOT", Action: classify.Retry, Policy: noWait}}
	c.Index = packed.NewIndex([]string{"NO_SLOT"}, false)
	c.Table, c.Codes = classify.NewTable(&c, ""), nil // as in generated packages
	return noted(&c)
}()

// listReply is a reply of about that many bytes: a list, and then the code.
func listReply(size int) []byte {
	var b strings.Builder
	b.WriteString(`{"success":false,"data":[`)
	for i := 0; b.Len() < size-180; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":%d,"name":"worker %d","tags":["fast","eu-%d"],"load":%d.5,"note":"Waits for a slot, as the region is full.","busy":true}`, 100_000+i, i, i%7, i%100)
	}
	b.WriteString(`],"message":"No slot is free.","code":"NO_SLOT"}`)
	return []byte(b.String())
}

func BenchmarkJSONShort(b *testing.B) {
	benchmarkJSON(b, []byte(`{"success":false,"message":"No slot is free, try later.","took":12.5,"code":"NO_SLOT"}`))
}

func BenchmarkJSONPage(b *testing.B) { benchmarkJSON(b, listReply(2<<10)) }
func BenchmarkJSONLong(b *testing.B) { benchmarkJSON(b, listReply(60<<10)) }

// benchmarkJSON finds the sign of success and the code of a body, and what they mean.
func benchmarkJSON(b *testing.B, body []byte) {
	actions := map[string]classify.Action{"NO_SLOT": classify.Retry}
	type reply struct {
		Success bool   `json:"success"`
		Code    string `json:"code"`
	}
	b.Run("errkb", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			if d := byCode.Classify(classify.Reply{Status: http.StatusOK, Body: body}); d.Action != classify.Retry {
				b.Fatal(d.Why())
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			var r reply
			if err := json.Unmarshal(body, &r); err != nil || r.Success || actions[r.Code] != classify.Retry {
				b.Fatal(r, err)
			}
		}
	})
	b.Run("go-json", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			var r reply
			if err := gojson.Unmarshal(body, &r); err != nil || r.Success || actions[r.Code] != classify.Retry {
				b.Fatal(r, err)
			}
		}
	})
	b.Run("sonic", func(b *testing.B) {
		if err := sonic.Pretouch(reflect.TypeFor[reply]()); err != nil { // compiles, which a program does once
			b.Fatal(err)
		}
		defer measure(b)()
		for b.Loop() {
			var r reply
			if err := sonic.Unmarshal(body, &r); err != nil || r.Success || actions[r.Code] != classify.Retry {
				b.Fatal(r, err)
			}
		}
	})
	b.Run("json-v2", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			var r reply
			if err := jsonv2.Unmarshal(body, &r); err != nil || r.Success || actions[r.Code] != classify.Retry {
				b.Fatal(r, err)
			}
		}
	})
	b.Run("fastjson", func(b *testing.B) {
		var parser fastjson.Parser
		defer measure(b)()
		for b.Loop() {
			v, err := parser.ParseBytes(body)
			if err != nil || v.GetBool("success") || actions[string(v.GetStringBytes("code"))] != classify.Retry {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("jsonparser", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			success, err := jsonparser.GetBoolean(body, "success")
			code, _, _, codeErr := jsonparser.Get(body, "code")
			if err != nil || codeErr != nil || success || actions[string(code)] != classify.Retry {
				b.Fatal(string(code), err, codeErr)
			}
		}
	})
}
