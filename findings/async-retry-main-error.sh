#!/usr/bin/env bash
# The npm package async-retry 1.3.3 rejects with an error that was over before the last try.
#
# Valid input: a call that times out twice, and that is told at the third and last try that
# its key is blocked.
# Behaviour: it rejects with the error whose message came most often, as package retry below
# it counts them, and not with the last one; its README says nothing of this. The last one is
# thrown only where no message came more often than its own. What is decided by the error,
# such as whether to tell the customer or to try again later, is decided by what was so before.
# Seen: "timeout" of try 2, where try 3 had ended with "key is blocked".
#
# Needs Node.js. It fails if any of this is no longer so.
set -euo pipefail

version=1.3.3
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init --yes >/dev/null
npm install --silent --no-audit --no-fund "async-retry@$version" >/dev/null
cat >main.js <<'END'
const retry = require('async-retry')

const run = async messages => {
  const call = (bail, attempt) => {
    throw Object.assign(new Error(messages[attempt - 1]), { attempt })
  }
  const error = await retry(call, { retries: messages.length - 1, minTimeout: 0, maxTimeout: 0 }).catch(error => error)
  console.log(`${messages.join(', ')}: ${error.message} of try ${error.attempt}`)
}

run(['timeout', 'timeout', 'key is blocked'])
  .then(() => run(['timeout a1', 'timeout a2', 'key is blocked']))
END
seen="$(node main.js)"
echo "async-retry $version:"
echo "$seen"
[ "$seen" = 'timeout, timeout, key is blocked: timeout of try 2
timeout a1, timeout a2, key is blocked: key is blocked of try 3' ]
