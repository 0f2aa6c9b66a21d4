// Reads YAML documents as an editor does, and validates them by a JSON Schema. Answers for
// each with what the schema refuses in it: the place of the key, and where the value begins
// and ends, in lines and columns from 1; and with null for a text that can't be parsed.
import Ajv from 'ajv/dist/2020.js'
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml'

import { answer, ask } from './exchange.mjs'

const { schema, texts } = await ask()
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema)

// find returns the key and the value at a path.
const find = (document, path) => {
  let [key, value] = [undefined, document.contents]
  for (const name of path) {
    if (isMap(value)) {
      const pair = value.items.findLast(({ key }) => String(key?.toJS(document)) === name)
      ;[key, value] = [pair?.key, pair?.value]
    } else if (isSeq(value)) {
      ;[key, value] = [undefined, value.items[name]]
    }
  }
  return [key, value]
}

const unescape = (name) => name.replaceAll('~1', '/').replaceAll('~0', '~')

answer(texts.map((whole) => {
  const text = whole.replace(/^\uFEFF/, '') // a byte order mark has no column
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false })
  if (document.errors.length > 0) return null
  const at = (offset) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: [...text.slice(offset - col + 1, offset)].length + 1 }
  }
  validate(document.toJS())
  return (validate.errors ?? []).map((error) => {
    const path = error.instancePath.split('/').slice(1).map(unescape)
    const of = error.params.additionalProperty ?? (error.keyword === 'propertyNames' ? error.params.propertyName : undefined)
    const [key, value] = find(document, of === undefined ? path : [...path, of])
    const [from, , to] = (value?.range ?? key?.range ?? [0, 0, text.length])
    return { key: at(key?.range[0] ?? from), from: at(from), to: at(to), says: `${error.instancePath} ${error.message}` }
  })
}))
