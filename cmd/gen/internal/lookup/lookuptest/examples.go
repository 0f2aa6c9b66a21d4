package lookuptest

import (
	_ "embed"
	"iter"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// ExamplesSpec is a catalog of APIs whose replies are hard to tell apart, with
// examples of all of them.
//
//go:embed examples.yaml
var ExamplesSpec string

// Examples yields the examples of a catalog as pages show them, each with the entry
// that it is one of.
func Examples(c *model.Catalog) iter.Seq2[string, *model.Entry] {
	return func(yield func(string, *model.Entry) bool) {
		for _, a := range c.APIs {
			for _, e := range a.Entries() {
				for _, example := range e.Examples {
					if !yield(example.Wire(), e) {
						return
					}
				}
			}
		}
	}
}

// NoSuccess are texts that are not a success in any API, or of which nobody can know
// it.
var NoSuccess = []string{
	"HTTP/1.1 200 OK\n\n{\"success\": false}",
	"HTTP/1.1 200 OK\r\n\r\n{\"success\": false}\r\n",
	"HTTP/1.1 200 OK\n{\"success\": false}",
	"HTTP/2 200\n\n{\"success\": false}",
	"HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"success\": false}",
	"> HTTP/1.1 200 OK\n> Content-Type: application/json\n>\n> {\"success\": false}",
	"HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><body>Welcome to the guest network</body></html>",
	"HTTP/1.1 200 OK\n\n<html><body>Welcome to the guest network</body></html>",
	"HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><body>Please log in to the network first</body></html>",
	"HTTP/1.1 200 OK\n\n<!DOCTYPE html>\n<title>Down for maintenance</title>",
	"HTTP/1.1 200 OK\n\nERROR_SOMETHING_NEW",
	"HTTP/1.1 200 OK\nContent-Type: text/plain\n\nERROR_SOMETHING_NEW",
	"HTTP/1.1 200 OK\n\nSomething went wrong, please try again later",
	"HTTP/1.1 200 OK\n\n{\"status\": 0, \"request\": \"ERROR_ZERO_BALANCE\"}",
	"HTTP/1.1 200 OK\nServer: nginx\nContent-Length: 0\n\n",
	"HTTP/1.1 200 OK",
	"HTTP/1.1 200 OK\n\n",
	"HTTP 200 OK", "200 OK", "200", "http 200", "status 200", "status code: 200", "Status: 200 OK",
	"it says HTTP/1.1 200 OK but there is no text",
	"status 200, body {\"success\": false}",
	"200 OK\n\n{\"success\": false}",
	"POST /api/v1/ocr/ HTTP/1.1\" 200 19",
	"{\"success\": false}",
	"{\"success\": false, \"error\": \"Something new\"}",
	"{\"data\": {\"success\": true}, \"success\": false}",
	"log: {\"success\": false, \"data\": {\"success\": true}}",
	"{\"message\": \"{\\\"success\\\": true}\", \"success\": false}",
	"{\"status\": 0}",
	"{\"error\": {\"message\": \"Not today\"}}",
	"{\"errors\": [{\"title\": \"Not today\"}]}",
	"{\"message\": \"Not Found\", \"status\": 404}",
	"{\"message\": \"Access is forbidden\"}",
	"<Error><Code>NotToday</Code></Error>",
	"<html><body>Down for maintenance</body></html>",
}
