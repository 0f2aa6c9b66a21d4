// Checks pages against the HTML standard, by html-validate with the rules of
// htmlvalidate.json. Answers with the problems, a line each.
import { readFileSync } from 'node:fs'

import { HtmlValidate, StaticConfigLoader } from 'html-validate'

import { answer, ask } from './exchange.mjs'

const config = JSON.parse(readFileSync(new URL('../htmlvalidate.json', import.meta.url), 'utf8'))
const validator = new HtmlValidate(new StaticConfigLoader(config))
const problems = []
for (const [path, source] of Object.entries(await ask())) {
  const report = await validator.validateString(source, path)
  for (const { messages } of report.results) {
    for (const { line, column, message, ruleId } of messages) {
      problems.push(`${path}:${line}:${column}: ${message} [${ruleId}]`)
    }
  }
}
answer(problems)
