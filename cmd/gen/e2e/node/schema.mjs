// Compiles a JSON Schema as a strict validator without plug-ins, and validates values
// by it. Answers with what the validator says of the schema, and which values are valid.
import Ajv from 'ajv/dist/2020.js'

import { answer, ask } from './exchange.mjs'

const { schema, values } = await ask()
const said = []
const note = (message) => said.push(message)
const logger = { log: note, warn: note, error: note }
const validate = new Ajv({ strict: true, strictTypes: 'log', logger }).compile(schema)
answer({ said, valid: values.map((value) => validate(value)) })
