// Uses the constants of the API "full" as a strict project does. A line that must
// not compile says so.
import { Action, Code, Operation, Prefix, Status, StatusClass, classes, codes, isCode, parseCode, prefixes, statuses } from "./full.js";
import type { Advice, Category, Entry } from "./full.js";

export function again(action: Action): boolean {
  switch (action) {
    case Action.Retry:
    case Action.Resubmit:
    case Action.WaitPoll:
      return true;
    case Action.Fail:
    case Action.FixAccount:
    case Action.OK:
      return false;
  }
}

export function advice(text: string, operation: Operation): Advice | undefined {
  const code: Code | undefined = parseCode(text);
  if (code === undefined) {
    return undefined;
  }
  const entry: Entry = codes[code];
  return { ...entry, ...entry.byOperation?.[operation] };
}

export function narrowed(value: unknown): Category | undefined {
  return isCode(value) ? codes[value].category : undefined;
}

export const literal: "ERROR_NO_SLOT_AVAILABLE" = Code.ErrorNoSlotAvailable;
export const plain: Code = "rateLimitExceeded";
export const number: 429 = Status.TooManyRequests;
export const others: readonly Entry[] = [statuses[503], prefixes[Prefix.Code08], classes[StatusClass.Status5xx], classes["5xx"]];

// @ts-expect-error: a text that is not a code
export const wrong: Code = "ERROR_NO_SLOT";
// @ts-expect-error: a number that is not a status
export const odd: Status = 430;
// @ts-expect-error: constants can't be set
Code.ErrorOld = "ERROR_OLD";
// @ts-expect-error: nor can what the tables hold
codes[Code.ErrorOld].fix = "";
// @ts-expect-error: nor the tables
codes[Code.ErrorOld] = codes[Code.ErrorPageURL];
