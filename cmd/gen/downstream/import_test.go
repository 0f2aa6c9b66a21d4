package downstream_test

import "testing"

// petShop is a document that a team could have: it lists its codes, and says where a reply
// has them.
const petShop = `openapi: 3.1.0
info: {title: Pet Shop, version: "1"}
paths:
  /pets:
    post:
      operationId: createPet
      responses:
        "201": {description: Created}
        "409":
          description: Conflict
          content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}
        "429":
          description: Too many requests
          headers: {Retry-After: {schema: {type: integer}}}
          content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}
components:
  schemas:
    Error:
      type: object
      properties:
        error:
          type: object
          properties:
            code: {type: string, enum: [out_of_stock, rate_limited]}
            message: {type: string}
`

const petShopMain = `package main

import (
	"fmt"
	"net/http"
	"time"

	"example.com/downstream/petshop"
	"github.com/errkb/errkb/classify"
)

func main() {
	d := petshop.Classify(classify.Reply{
		Status: http.StatusTooManyRequests,
		Header: http.Header{"Retry-After": {"7"}},
		Body:   []byte(` + "`" + `{"error": {"code": "rate_limited", "message": "Slow down"}}` + "`" + `),
	})
	code, _ := petshop.ParseCode(d.Code)
	wait := d.Wait(0) // the server said 7 s, and the policy adds up to 1 s
	fmt.Println(d.Action, wait >= 7*time.Second && wait < 9*time.Second, code == petshop.RateLimited)
}
`

// TestFromOpenAPI goes the way from a document to the first reply that is told, in five
// commands.
func TestFromOpenAPI(t *testing.T) {
	t.Parallel()
	m := newUserModule(t) // go mod init
	m.write("openapi.yaml", petShop)
	m.write("main.go", petShopMain)
	m.run("go", "get", "-tool", modulePath+"/cmd/gen@"+moduleVersion)
	m.run("go", "tool", "gen", "init", "--from", "openapi.yaml")
	m.run("go", "tool", "gen", "generate", "--spec", "errors.yaml", "--go", ".", "--docs", "docs/errors", "--allow-todo")
	if got, want := m.run("go", "run", "."), "retry true true\n"; got != want {
		t.Errorf("the program prints %q, want %q", got, want)
	}

	// Until the author has written what is left, the line of go generate says so.
	if _, err := output(m.dir, m.env, "go", "generate"); err == nil {
		t.Error("code is generated from what is still to be written")
	}
}
