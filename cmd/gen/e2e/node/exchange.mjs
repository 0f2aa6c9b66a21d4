// How a test and its script talk: JSON on standard input and output.
import { text } from 'node:stream/consumers'

export async function ask() {
  return JSON.parse(await text(process.stdin))
}

export function answer(value) {
  process.stdout.write(JSON.stringify(value))
}
