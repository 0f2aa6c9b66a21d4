// Answers questions to the interpreter in JavaScript.
import { bounds, decide, read, redact, resend } from '../../../../clients/js/decide.js'
import { ask, answer } from './exchange.mjs'

const { tables, questions, now_ms } = await ask()

answer(
  questions.map(({ table, reply: { body, ...reply }, attempt }) => {
    reply.body = new Uint8Array(Buffer.from(body, 'base64'))
    const d = decide(tables[table], reply, now_ms)
    const { again, shortest, longest, reason } = resend(tables[table], d, attempt)
    return {
      reading: read(tables[table], reply),
      same: JSON.stringify(d.reading) === JSON.stringify(read(tables[table], reply)),
      source: d.source,
      action: d.action,
      category: d.category,
      code: d.code,
      also: d.also,
      variant: d.variant,
      override: d.override,
      request_id: d.requestId,
      field: d.field,
      redacted: redact(tables[table], reply, new TextDecoder('utf-8', { ignoreBOM: true }).decode(reply.body)),
      undecided: d.undecided,
      known: d.known,
      entry: d.entry ? d.entry.kind + ' ' + d.entry.code : '',
      effect: d.effect,
      fix: d.fix,
      failure: d.failure,
      delay_ms: d.serverDelay,
      waits_ms: [0, 1, 2, 5].map((retry) => bounds(d, retry)),
      again,
      wait_ms: [shortest, longest],
      reason,
    }
  }),
)
