# The commands that matter: make generate, make site, make serve, make test.

# Tools, each pinned to a version and kept out of go.mod.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

# The race detector needs a C compiler.
RACE = $(if $(shell command -v $$(go env CC)),-race)

GEN = go run ./cmd/gen generate --spec spec/errors.yaml --go generated --docs docs/errors

.PHONY: generate check site serve test lint bench bench-gen fuzz

generate: ## write generated/ and docs/errors/ from spec/errors.yaml
	$(GEN)

check: ## fail if generated/ or docs/errors/ is not what the spec makes
	$(GEN) --check

site: ## write build/site/ from spec/errors.yaml, for support staff
	go run ./cmd/gen site --spec spec/errors.yaml --out build/site

ADDR = 127.0.0.1:8080
serve: ## show the site on ADDR, and make it anew when spec/errors.yaml changes
	go run ./cmd/gen serve --spec spec/errors.yaml --addr $(ADDR)

lint: ## formatting, vet, staticcheck
	@unformatted="$$(gofmt -l bench classify cmd generated spec)"; \
		if [ -n "$$unformatted" ]; then echo "not gofmt-formatted:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...
	cd cmd/gen/e2e && go run $(STATICCHECK) ./...

# bench and cmd/gen/e2e are modules of their own. Go's cache of test results does
# not see all that these read, such as the docs and what npm installs.
test: lint check ## everything that has to hold: lint, freshness, all tests
	cmd/gen/e2e/setup
	go test $(RACE) ./...
	cd bench && go vet ./... && go test -count=1 ./...
	cd cmd/gen/e2e && go vet ./... && go test -count=1 -timeout 30m ./...

bench: ## the runtime beside its peers: writes docs/performance.md
	cd bench && go run ./report -out ../docs/performance.md

bench-gen: ## how fast the generator and the classifier are here
	go test -run '^$$' -bench . -benchmem ./...

FUZZTIME = 30s
fuzz: ## each fuzz target for FUZZTIME
	@for target in $$(grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
		for name in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]+' $$target/*_test.go | cut -c6-); do \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) $$target || exit 1; \
		done; \
	done
