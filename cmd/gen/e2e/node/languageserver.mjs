// Opens YAML documents in yaml-language-server, as an editor does. Answers for each with
// the problems that are shown, and for each place in it with what would be completed
// there and what is told of it.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

import { answer, ask } from './exchange.mjs'

const { schema, documents } = await ask()
const settings = {
  yaml: {
    completion: true,
    hover: true,
    validate: true,
    schemaStore: { enable: false },
    schemas: { [pathToFileURL(schema)]: '*.yaml' },
  },
}

const program = createRequire(import.meta.url).resolve('yaml-language-server/out/server/src/server.js')
const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })

const send = (message) => {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message })
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
}

let last = 0
const asked = new Map()
const request = (method, params) => {
  send({ id: ++last, method, params })
  return new Promise((resolve, reject) => asked.set(last, { resolve, reject }))
}

const opened = new Map()
const take = ({ id, method, params, result, error }) => {
  if (method === 'workspace/configuration') {
    send({ id, result: params.items.map(({ section }) => settings[section] ?? null) })
  } else if (method === 'textDocument/publishDiagnostics') {
    opened.get(params.uri)?.(params.diagnostics)
  } else if (method) {
    if (id !== undefined) send({ id, result: null })
  } else if (error) {
    asked.get(id).reject(new Error(error.message))
  } else {
    asked.get(id).resolve(result)
  }
}

let rest = Buffer.alloc(0)
server.stdout.on('data', (chunk) => {
  rest = Buffer.concat([rest, chunk])
  for (;;) {
    const head = rest.indexOf('\r\n\r\n')
    if (head < 0) return
    const end = head + 4 + Number(/Content-Length: (\d+)/i.exec(rest.toString('latin1', 0, head))[1])
    if (rest.length < end) return
    const text = rest.toString('utf8', head + 4, end)
    rest = rest.subarray(end)
    take(JSON.parse(text))
  }
})

await request('initialize', {
  processId: process.pid,
  rootUri: null,
  capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
})
send({ method: 'initialized', params: {} })
send({ method: 'workspace/didChangeConfiguration', params: { settings } })

const seen = []
for (const [i, { text, places }] of documents.entries()) {
  const uri = pathToFileURL(`/specs/${i}.yaml`).href
  const told = new Promise((resolve) => opened.set(uri, resolve))
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } })
  const problems = (await told).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)
  const answers = []
  for (const { complete, ...position } of places ?? []) {
    const of = { textDocument: { uri }, position }
    const completed = complete ? await request('textDocument/completion', of) : []
    const hover = await request('textDocument/hover', of)
    answers.push({
      completes: (completed?.items ?? completed ?? []).map(({ label }) => label),
      tells: hover?.contents.value ?? '',
    })
  }
  seen.push({ problems, places: answers })
}
answer(seen)
server.kill()
