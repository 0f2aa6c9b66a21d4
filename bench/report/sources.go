package main

import (
	"fmt"
	"strings"
)

// codeNames are n names of codes, as APIs have them.
func codeNames(n int) []string {
	what := strings.Fields("ACCOUNT CARD TOKEN REQUEST IMAGE LIMIT ORDER ADDRESS SESSION INVOICE")
	how := strings.Fields("MISSING INVALID EXPIRED BLOCKED TOO_LARGE NOT_FOUND DUPLICATE REFUSED")
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("%s_%s_%d", what[i%len(what)], how[i%len(how)], i)
	}
	return names
}

func meaning(name string) string { return "What " + name + " means" }

const fix = "Mend the request and send it again"

// spec is one of an API with n codes.
func spec(api string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `format: 1
title: Codes
categories:
  permanent: {title: Permanent, action: fail, who: developer, summary: Fix the request.}
apis:
  %s:
    title: Codes
    reply:
      - json: {ok: {status: 2xx}, code: [/code]}
    unknown: {category: permanent, meaning: Not listed, fix: Look at the reply}
    unrecognised: {category: permanent, meaning: Not known, fix: Look at the reply}
    codes:
`, api)
	for _, name := range codeNames(n) {
		fmt.Fprintf(&b, "      %s: {status: 400, category: permanent, meaning: %s, fix: %s}\n", name, meaning(name), fix)
	}
	return b.String()
}

// constants are n codes as constants of a type Code.
func constants(name string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\ntype Code int\n\nconst (\n", name)
	for i, code := range codeNames(n) {
		fmt.Fprintf(&b, "\t%s Code = %d\n", code, i+1)
	}
	b.WriteString(")\n")
	return b.String()
}

// mapSource is what many write by hand: the codes in a map.
func mapSource(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package map%d\n\ntype Entry struct {\n\tCode int\n\tMeaning, Fix string\n\tStatuses []int\n}\n\nvar entries = map[string]*Entry{\n", n)
	for i, code := range codeNames(n) {
		fmt.Fprintf(&b, "\t%q: {%d, %q, %q, []int{400}},\n", code, i+1, meaning(code), fix)
	}
	b.WriteString("}\n\nfunc ParseCode(text string) (int, bool) {\n\tif e := entries[text]; e != nil {\n\t\treturn e.Code, true\n\t}\n\treturn 0, false\n}\n")
	return b.String()
}

// switchSource is the codes in a switch, which also says what each means.
func switchSource(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package switch%d\n\nfunc ParseCode(text string) (code int, meaning, fix string) {\n\tswitch text {\n", n)
	for i, code := range codeNames(n) {
		fmt.Fprintf(&b, "\tcase %q:\n\t\treturn %d, %q, %q\n", code, i+1, meaning(code), fix)
	}
	b.WriteString("\t}\n\treturn 0, \"\", \"\"\n}\n")
	return b.String()
}

// program is one that parses its argument, or prints how many nanoseconds of CPU time a cycle
// of the garbage collector takes. It imports net/http, as clients of an API do.
func program(path, parse string) string {
	return `package main

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"syscall"

	` + path + `
)

func main() {
	_ = http.DefaultClient
	if os.Args[1] != "gc" {
		if _, ok := ` + parse + `(os.Args[1]); ok {
			os.Exit(1)
		}
		return
	}
	runtime.GOMAXPROCS(1) // else most of the time is that of threads which look for work
	const cycles = 100
	start := cpuTime()
	for range cycles {
		runtime.GC()
	}
	fmt.Println((cpuTime() - start) / cycles)
	` + parse + `("")
}

func cpuTime() int64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return used.Utime.Nano() + used.Stime.Nano()
}
`
}
