# make alone lists the targets that have a comment with two hashes.

# Tools, each pinned to a version and kept out of go.mod.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
LICENSES = github.com/google/go-licenses@v1.6.0
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0
VULNDB = golang.org/x/vulndb@v0.0.0-20261105234957-e22db6528018
GREMLINS = github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0

# Modules beside the main one, whose code or tests need more than it may require. One more,
# cmd/gen/fleet, needs so much that only test-fleet looks at it.
MODULES = bench contrib/mcp contrib/otel contrib/vet cmd/gen/attack cmd/gen/corpus cmd/gen/downstream cmd/gen/e2e cmd/gen/minify

# Tests that start other programs can take long on a busy machine. Their results
# are not cached, as Go does not see all that they read.
SLOW = -count=1 -timeout 30m

# The packages that start goroutines, which is where the race detector finds
# something. It needs a C compiler.
CONCURRENT = $(sort $(dir $(shell grep -rlE --include='*.go' '^\s*go [a-z]|\.Go.func' classify cmd/gen/internal)))
# Of the tests of cli and site, which take minutes with it, it gets those that have several
# goroutines run: those of serve and of when memory is collected, and those that render a site.
CONCURRENT_CLI = ^Test(Serve|Edition|InTime|Collect|ReaderGone)
CONCURRENT_SITE = ^Test(Files|Makers)$$
RACE = go test -race -timeout 30m
HAVE_C = $(shell command -v $$(go env CC))

GEN = go run ./cmd/gen generate --spec spec/errors.yaml --go generated --docs docs/errors
CHART = go run ./cmd/gen simulate --spec spec/errors.yaml --policy backoff --svg docs/backoff.svg

.PHONY: help generate check site serve test test-core test-api test-race test-attack test-downstream test-bench test-contrib test-clients test-browser test-fleet lint bench bench-before bench-gen fuzz attack corpus mutate licences vulncheck findings
.NOTPARALLEL: # tests share the machine already, and the browser comes last

help: ## this list
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r target text; do \
		printf '  make %-16s %s\n' "$$target" "$$text"; done

generate: ## write the sites' scripts, the shipped catalog for the command, and generated/, docs/errors/ and docs/backoff.svg from spec/errors.yaml
	cd cmd/gen/minify && go run .
	cd cmd/gen/freeze && go run .
	$(GEN)
	$(CHART) >/dev/null

check: ## fail if one of these is not what its source makes
	cd cmd/gen/minify && go run . --check
	cd cmd/gen/freeze && go run . --check
	$(GEN) --check

site: ## write build/site/ from spec/errors.yaml, for support staff
	go run ./cmd/gen site --spec spec/errors.yaml --out build/site

ADDR = 127.0.0.1:8080
serve: ## show the site on ADDR, and again after each change of spec/errors.yaml
	go run ./cmd/gen serve --spec spec/errors.yaml --addr $(ADDR)

test: check test-core lint test-api test-race test-attack test-downstream test-bench test-contrib test-clients test-browser ## everything that has to hold, the browser last

test-core: ## the tests that need nothing but Go: the same as go test ./...
	go test ./...

test-api: ## what the runtime promises, compared with the last release
	scripts/apidiff

test-race: ## the packages that start goroutines, with the race detector
ifeq ($(HAVE_C),)
	@echo "no C compiler: the race detector is left out"
else
	$(RACE) $(addprefix ./,$(filter-out %/cli/ %/site/,$(CONCURRENT)))
	$(RACE) -run '$(CONCURRENT_CLI)' ./cmd/gen/internal/cli
	$(RACE) -run '$(CONCURRENT_SITE)' ./cmd/gen/internal/site
endif

test-attack: ## the command under attack, a part of what make attack does
	cd cmd/gen/attack && go test $(SLOW) ./...

test-downstream: ## the command and what it makes, in modules like a user's, and in Python
	scripts/need python3
	cd cmd/gen/downstream && go test $(SLOW) ./...

test-bench: ## the adapters with the libraries they fit, the Go code of the docs
	cd bench && go test $(SLOW) ./...

test-contrib: ## the metrics and spans, with the SDK of OpenTelemetry; the analyzer for go vet; the server for assistants, with a client
	cd contrib/otel && go test ./...
	cd contrib/vet && go test ./...
	cd contrib/mcp && go test $(SLOW) ./...

test-clients: ## the interpreters in JavaScript and Python, by the vectors
	scripts/need node python3
	cd clients/js && node --test
	cd clients/py && python3 -B -m unittest discover -s tests

test-browser: cmd/gen/e2e/node_modules/.package-lock.json ## the site in Chromium, the docs in other renderers
	scripts/need chromium node python3
	cd cmd/gen/e2e && go test $(SLOW) ./...

# What npm installs, some 200 MB on disk; npm writes the target last.
cmd/gen/e2e/node_modules/.package-lock.json: cmd/gen/e2e/package-lock.json
	scripts/need node npm
	cd cmd/gen/e2e && npm ci --ignore-scripts --no-audit --no-fund
	touch $@

test-fleet: ## what gen sql writes, in DuckDB, which is a download of over 100 MB
	cd cmd/gen/fleet && go vet ./... && go run $(STATICCHECK) ./...
	cd cmd/gen/fleet && go test $(SLOW) ./...

lint: ## formatting, vet, staticcheck
	@unformatted="$$(gofmt -l bench classify clients cmd contrib generated spec)"; \
		if [ -n "$$unformatted" ]; then echo "not gofmt-formatted:"; echo "$$unformatted"; exit 1; fi
	@for module in . $(MODULES); do \
		echo "vet and staticcheck $$module"; \
		(cd $$module && go vet ./... && go run $(STATICCHECK) ./...) || exit 1; done

bench: ## the runtime beside its peers and the last release: writes docs/performance.md
	cd bench && go run ./report -out ../docs/performance.md

BEFORE =
LIMIT = 1.25
bench-before: ## fail where the runtime takes over LIMIT times what it took in BEFORE, or in the last release
	cd bench && go run ./report -before '$(BEFORE)' -limit $(LIMIT)

bench-gen: ## how fast the generator and the classifier are here
	go test -run '^$$' -bench . -benchmem ./...

# Minimising an input takes longer than it is worth where a run is long.
FUZZTIME = 30s
fuzz: ## each fuzz target for FUZZTIME
	@for target in $$(grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
		for name in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]+' $$target/*_test.go | cut -c6-); do \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$target || exit 1; \
		done; \
	done

attack: ## the command attacked on purpose, for some minutes: its spec, disk, processes and server
	scripts/need strace
	cd cmd/gen/attack && go test $(SLOW) ./... -full

corpus: ## documents that others wrote through the command: descriptions of APIs, error lists, YAML files
	cd cmd/gen/corpus && go test $(SLOW) ./... -full

# Each mutant runs the tests of classify: of all its files that takes hours.
MUTATE = decide.go resend.go policy.go delay.go
MUTATE_FOR = 2h
mutate: ## which faults in the files MUTATE of classify its tests don't notice; it stops after MUTATE_FOR
	timeout $(MUTATE_FOR) go run $(GREMLINS) unleash ./classify --workers 1 --timeout-coefficient 5 \
		--invert-logical --invert-loopctrl --output-statuses lct --exclude-files '^classifytest/' \
		$(foreach file,$(filter-out $(MUTATE),$(notdir $(wildcard classify/*.go))),--exclude-files '^$(file)$$')

licences: ## write docs/licences.md, the licences of what the command is built from
	scripts/licences $(LICENSES)

# The database is a module too, so that the proxy that Go uses has it. It is as old as its
# version says.
vulncheck: ## known vulnerabilities in what the module uses, and in the Go that is here
	go run $(GOVULNCHECK) -db "file://$$(go mod download -json $(VULNDB) | sed -n 's/^\t"Dir": "\(.*\)",$$/\1/p')/data/osv" ./...

findings: ## what outside software does that nobody would guess, seen again
	@for finding in findings/*.sh; do echo "$$finding"; $$finding || exit 1; done
