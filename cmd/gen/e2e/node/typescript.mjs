// Compiles folders of TypeScript modules as a strict project does, and answers with
// what the compiler says of each, which members its constants have with the tags of
// their comments, and what the modules say when they run.
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import ts from 'typescript'

import { answer, ask } from './exchange.mjs'

// The libraries are the least that the modules need, and the compiler's own files are not
// checked again, which takes longer than all else.
const options = {
  declaration: true,
  erasableSyntaxOnly: true,
  exactOptionalPropertyTypes: true,
  isolatedDeclarations: true,
  isolatedModules: true,
  lib: ['lib.es2020.d.ts'],
  module: ts.ModuleKind.NodeNext,
  noImplicitReturns: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  skipDefaultLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ES2020,
  types: [],
  verbatimModuleSyntax: true,
}

// shape is what a source declares: statements and members, with the tags of their
// comments, and the kinds of all nodes but literals.
const shape = (file) => {
  const found = []
  const walk = (node) => {
    const tags = ts.getJSDocTags(node).map((tag) => tag.tagName.text)
    found.push([ts.SyntaxKind[node.kind], node.name?.getText(file) ?? '', ...tags].join(' '))
    ts.forEachChild(node, walk)
  }
  walk(file)
  return found
}

const advice = ({ fix, action, category }) => ({ Fix: fix, Action: action, Category: category })

const row = (entry) => ({
  ...advice(entry),
  Meaning: entry.meaning,
  Statuses: entry.statuses,
  Retired: entry.retired,
  ByOperation: entry.byOperation && Object.fromEntries(Object.entries(entry.byOperation).map(([o, a]) => [o, advice(a)])),
})

const said = (module, texts) => {
  const all = { Constants: {}, Tables: {}, Parsed: {} }
  for (const [name, value] of Object.entries(module)) {
    if (typeof value === 'function') continue
    if (/^[A-Z]/.test(name)) all.Constants[name] = value
    else all.Tables[name] = entries(value)
  }
  for (const text of texts || []) {
    const code = module.parseCode(text)
    if (module.isCode(text) !== (Object.values(module.Code).includes(text))) throw new Error('isCode is wrong about ' + text)
    define(all.Parsed, text, code ?? '')
  }
  return all
}

// define sets a member of any name, __proto__ included.
const define = (object, name, value) => Object.defineProperty(object, name, { value, enumerable: true })

const entries = (table) => {
  const rows = {}
  for (const name of Object.keys(table)) define(rows, name, row(table[name]))
  return rows
}

const { dir, parse } = await ask()
const sources = readdirSync(dir).filter((name) => name.endsWith('.ts'))
const program = ts.createProgram(sources.map((name) => join(dir, name)), { ...options, outDir: join(dir, 'out') })
const emitted = program.emit()
const problems = [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics]
const modules = {}
for (const source of sources) {
  const name = basename(source, '.ts')
  const module = await import(pathToFileURL(join(dir, 'out', name + '.js')))
  modules[name] = { Shape: shape(program.getSourceFile(join(dir, source))), Said: said(module, parse?.[name]) }
}
answer({
  Problems: problems.map((p) => (p.file ? basename(p.file.fileName) + ': ' : '') + ts.flattenDiagnosticMessageText(p.messageText, '\n')),
  Modules: modules,
})
