// Renders pages as VitePress does: its own markdown renderer, then Vue, for which
// the result is a template.
import { createMarkdownRenderer } from 'vitepress'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'

import { answer, ask } from './exchange.mjs'

const pages = await ask()
const renderer = await createMarkdownRenderer('.', {}, '/', { warn: (text) => console.error(text) })
const rendered = {}
for (const [path, source] of Object.entries(pages)) {
  const template = renderer.render(source, { path, relativePath: path, cleanUrls: false })
  const app = createSSRApp({ template: `<div>${template}</div>` })
  app.config.warnHandler = fail(path)
  app.config.errorHandler = fail(path)
  app.config.compilerOptions.onError = fail(path)
  rendered[path] = await renderToString(app)
}
answer(rendered)

function fail(path) {
  return (problem) => {
    throw new Error(`${path}: ${problem?.message ?? problem}`)
  }
}
