#!/usr/bin/env bash
# go.opentelemetry.io/otel/sdk v1.47.0 exports the message of an error that was replaced.
#
# Valid input: a span's RecordError with an exception.message of the caller's, say without the
# key that the error quotes. OpenTelemetry's specification lets the caller's attributes "take
# precedence" over those that are made of the error.
# Behaviour: both are put into the event, under one key, with the error's own text behind the
# caller's. Nothing removes the second, as is done among the attributes of a span, so that it
# reaches the exporter, and a reader that keeps the last of a key shows it alone.
# Seen: exception.message twice, "key is blocked" and then "key 4711 is blocked".
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v1.47.0
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/recorded

go 1.26
END
cat >main.go <<'END'
package main

import (
	"context"
	"errors"
	"fmt"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	api "go.opentelemetry.io/otel/trace"
)

func main() {
	exporter := tracetest.NewInMemoryExporter()
	tracer := trace.NewTracerProvider(trace.WithSyncer(exporter)).Tracer("recorded")
	message := attribute.String("exception.message", "key is blocked")

	_, span := tracer.Start(context.Background(), "call")
	span.RecordError(errors.New("key 4711 is blocked"), api.WithAttributes(message))
	span.SetAttributes(message, attribute.String("exception.message", "key 4711 is blocked"))
	span.End()

	call := exporter.GetSpans()[0]
	for _, attr := range call.Events[0].Attributes {
		fmt.Printf("event: %s: %s\n", attr.Key, attr.Value.AsString())
	}
	for _, attr := range call.Attributes {
		fmt.Printf("span: %s: %s\n", attr.Key, attr.Value.AsString())
	}
}
END
GOFLAGS=-mod=mod go get "go.opentelemetry.io/otel/sdk@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go run .)"
echo "otel/sdk $version:"
echo "$seen"
[ "$seen" = 'event: exception.message: key is blocked
event: exception.type: *errors.errorString
event: exception.message: key 4711 is blocked
span: exception.message: key 4711 is blocked' ]
