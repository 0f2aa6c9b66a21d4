// Renders pages as Docusaurus does: as MDX with the extensions of its
// @docusaurus/mdx-loader. A page may use no component and no global.
import { evaluate } from '@mdx-js/mdx'
import * as runtime from 'preact/jsx-runtime'
import { renderToStaticMarkup } from 'preact-render-to-string'
import { h } from 'preact'
import directive from 'remark-directive'
import emoji from 'remark-emoji'
import frontmatter from 'remark-frontmatter'
import gfm from 'remark-gfm'

import { answer, ask } from './exchange.mjs'

const extensions = [frontmatter, directive, emoji, gfm]

// What Docusaurus changes in a page before it reads it as MDX: identifiers of
// headings, titles of admonitions, and blocks that only it shows. It looks for
// them in code as well.
const keywords = 'secondary|info|success|danger|note|tip|warning|important|caution'
const changes = [
  [/(^|\n)(`{3,4}) *mdx-code-block\n(.*?)\n *\2(?=\n|$)/gs, '$1$3'],
  [/^(#{1,6}(?!#).*?)\{#/gm, '$1\\{#'],
  [new RegExp(`^((?:> ?)*[ \\t]*:{3,}(?:${keywords})) +(.*)$`, 'gm'), '$1[$2]'],
]

function changed(source) {
  return changes.reduce((text, [pattern, replacement]) => text.replaceAll(pattern, replacement), source)
}

const rendered = {}
for (const [path, source] of Object.entries(await ask())) {
  try {
    const { default: Page } = await evaluate(changed(source), { ...runtime, remarkPlugins: extensions })
    rendered[path] = renderToStaticMarkup(h(Page))
  } catch (problem) {
    throw new Error(`${path}: ${problem.message}`)
  }
}
answer(rendered)
