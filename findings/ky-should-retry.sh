#!/usr/bin/env bash
# The npm package ky 1.14.3 forgets Retry-After when it is told to retry.
#
# Valid input: a reply 429 with Retry-After: 30, and a retry.shouldRetry that returns true for
# it, as in an example of the README.
# Behaviour: a true takes the wait of the default backoff; only an undefined leaves the wait to
# the header. The README says that true goes past checks of whether to retry, and nothing of
# the wait. So who names 429 to be on the safe side sends sooner than who names nothing.
# Seen: waits of 300, 600 and 1200 ms with true, of 30 s each with undefined and without the option.
#
# Needs Node.js; the timers note their wait and end at once. It fails if any of this is no
# longer so.
set -euo pipefail

version=1.14.3
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init --yes >/dev/null
npm install --silent --no-audit --no-fund "ky@$version" >/dev/null
cat >main.mjs <<'END'
import ky from 'ky'

const timer = globalThis.setTimeout
let waits
globalThis.setTimeout = (end, wait) => {
  waits.push(wait)
  return timer(end, 0)
}

const fetch = async () => new Response('', { status: 429, headers: { 'Retry-After': '30' } })

for (const [name, retry] of Object.entries({
  true: { shouldRetry: ({ error }) => error.response.status === 429 },
  undefined: { shouldRetry: () => undefined },
  none: {},
})) {
  waits = []
  await ky('http://api.example/', { fetch, timeout: false, retry: { limit: 3, ...retry } }).catch(() => {})
  console.log(`${name}: ${waits}`)
}
END
seen="$(node main.mjs)"
echo "ky $version, waits in ms:"
echo "$seen"
[ "$seen" = 'true: 300,600,1200
undefined: 30000,30000,30000
none: 30000,30000,30000' ]
