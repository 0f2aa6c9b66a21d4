#!/usr/bin/env bash
# The npm package structured-headers 2.1.0 reads a date only at the very end of a field.
#
# Valid input: dates of structured fields (RFC 9651), such as @1688169599 in Deprecation, with
# a parameter, a space, or another member behind them.
# Behaviour: after the digits of a date only the end of the text is taken, so that the date is
# an error before a comma, a semicolon, a space or a bracket. An integer is read there. The
# package can't read what its own serializer wrote.
# Seen: "@1688169599" is read, "@1688169599;a" and "reset=@1688169599, limit=5" are not.
#
# Needs Node.js. It fails if any of this is no longer so.
set -euo pipefail

version=2.1.0
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm init --yes >/dev/null
npm install --silent --no-audit --no-fund "structured-headers@$version" >/dev/null
cat >main.mjs <<'END'
import { parseDictionary, parseItem, parseList, serializeDictionary } from 'structured-headers'

const show = (parse, field) => {
  let read = 'read'
  try {
    parse(field)
  } catch (error) {
    read = error.message
  }
  console.log(`${field}: ${read}`)
}

show(parseItem, '@1688169599')
show(parseItem, '@1688169599;a')
show(parseItem, '1688169599;a')
show(parseList, '@1, @2')
show(parseList, '(@1 @2)')
const item = value => [value, new Map()]
show(parseDictionary, serializeDictionary({ limit: item(5), reset: item(new Date(1688169599000)) }))
show(parseDictionary, serializeDictionary({ reset: item(new Date(1688169599000)), limit: item(5) }))
END
seen="$(node main.mjs)"
echo "structured-headers $version:"
echo "$seen"
[ "$seen" = '@1688169599: read
@1688169599;a: Parse error: Expected a digit (0-9), whitespace or EOL at offset 12
1688169599;a: read
@1, @2: Parse error: Expected a digit (0-9), whitespace or EOL at offset 3
(@1 @2): Parse error: Expected a digit (0-9), whitespace or EOL at offset 4
limit=5, reset=@1688169599: read
reset=@1688169599, limit=5: Parse error: Expected a digit (0-9), whitespace or EOL at offset 18' ]
