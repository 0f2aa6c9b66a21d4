/** A decision table, as `gen table` prints it. */
export interface Table {
  table: number;
  api: string;
  title: string;
  [key: string]: unknown;
}

/** What came back from one call, or that nothing did. */
export interface Reply {
  /** The HTTP status; 0 or absent where it is not known. */
  status?: number;
  /** The header: Headers, a Map or an object, in which a list is several lines of a field. */
  headers?: Iterable<[string, string]> | Record<string, string | readonly string[] | undefined>;
  /** The body, decompressed. At most 64 KiB of it are looked at, or what the table says of the operation. */
  body?: string | Uint8Array | null;
  /** The body is only the start of what was sent. */
  cut?: boolean;
  /** The call that it answers. */
  operation?: string;
  /** Why there was no reply: any text, "" for an unknown reason. Status, headers and body are then ignored. */
  failure?: "timeout" | "connection" | "dns" | "tls" | "canceled" | (string & {}) | null;
  /** With a failure: false where nothing of the request was sent. */
  sent?: boolean;
}

/** What a reply says, before the table is asked what that means. */
export interface Reading {
  /** The index of the form that was taken; -1 for none. */
  form: number;
  /** A sign of success holds, under a status below 400. */
  success: boolean;
  /** The index of that sign in the form's `ok`; -1 for none. */
  test: number;
  /** Success shows only by what is absent, by the status, or by a field that is merely there. */
  weak: boolean;
  /** A sign of failure holds. */
  failed: boolean;
  /** A place that tells success holds another value. */
  denied: boolean;
  /** The code as on the wire; "" for none. */
  code: string;
  /** A code at an earlier place that the table does not list, where it knows another one; "" for none. */
  also: string;
  /** The index of its place in the form's `code`; -1 for none. */
  place: number;
  /** The body goes on after what was looked at. */
  cut: boolean;
}

export type Action = "fail" | "retry" | "resubmit" | "wait_poll" | "fix_account" | "ok";
export type Kind = "code" | "prefix" | "status" | "status_class" | "transport" | "unknown" | "unrecognised";

/** A waiting rule of the table. */
export interface Policy {
  name?: string;
  growth: "constant" | "linear" | "exponential";
  base_ms: number;
  factor?: number;
  jitter?: { add_ms?: number; spread?: number; full?: boolean };
  max_ms?: number;
  first_ms?: number;
  /** -1 for no limit. */
  retries: number;
  within_ms?: number;
  server_delay_max_ms?: number;
}

/** What the table says about one code, status or failure, or about everything else. */
export interface Entry {
  kind: Kind;
  code: string;
  meaning?: string;
  action: Action;
  category?: string;
  fix?: string;
  effect?: "maybe";
  statuses?: number[];
  retired?: boolean;
  /** The address of its page in the published site. */
  url?: string;
}

/** What a reply means and what to do about it. */
export interface Decision {
  action: Action;
  /** The catalog's own grouping; "" where no entry decided. */
  category: string;
  /** The entry that decided; null for none. */
  entry: Entry | null;
  /** The code as on the wire; "" for none. */
  code: string;
  /** A finer code at an earlier place that the table does not list; "" for none. */
  also: string;
  /** How a reply without success names the request, which the API's support asks for; "" for not. Long ones are cut. */
  requestId: string;
  /** How it names the part of the request that is at fault; "" for not. */
  field: string;
  /** Which of the entry's variants holds, from 1; 0 for none. */
  variant: number;
  /** Which of the table's overrides holds, from 1; 0 for none. */
  override: number;
  /** The reply holds nothing that the table does not list. */
  known: boolean;
  /** What decided. */
  source: Kind | "success";
  operation: string;
  status: number;
  failure: string;
  /** May the request have taken effect although it did not succeed? */
  effect: "none" | "maybe";
  /** The reply may be a success or a failure: it is cut, and what is there says neither. */
  undecided: boolean;
  /** What to do about it, for people. */
  fix: string;
  /** The waiting rule; null where the action does not wait. */
  policy: Policy | null;
  /** How long the server asks to wait, in milliseconds: 0 for no wait, or a time in the past; null where it does not ask. */
  serverDelay: number | null;
  /** What the reply says: the evidence. */
  reading: Reading;
}

/** What the caller knows of a call that did not succeed, beside the reply. */
export interface Attempt {
  /** How often the call was made again so far; 0 before the first retry. */
  retry?: number;
  /** The call can be made twice without harm: the method is idempotent, say, or there is an idempotency key. */
  repeatable?: boolean;
  /** The call hands a task in: wait_poll then means that the task may be there. */
  submits?: boolean;
  /** The request is of none of the table's operations, although none is named. */
  other?: boolean;
  /** The actions that the caller acts on; all that wait if none is given. */
  follows?: readonly Action[];
}

/** Whether a call is to be made again, and after which wait, or why not. */
export type Resend =
  | { again: true; shortest: number; longest: number; reason: "" }
  | { again: false; shortest: 0; longest: 0; reason: "decision" | "effect" | "exhausted" | "server_delay" };

/** The version of the tables that this reads. Any other throws a RangeError. */
export const TABLE: 2;

/** Says what a reply says, before the table is asked what that means. */
export function read(table: Table, reply: Reply): Reading;

/** Decides what a reply means. Dates are read against the reply's own Date, or else against now. */
export function decide(table: Table, reply: Reply, now?: number): Decision;

/** Returns a text, such as a body before it is logged, with a mark in place of what the table says is secret in a reply. */
export function redact(table: Table, reply: Reply, text: string): string;

/** Decides whether to send the request again. The wait is any from shortest to longest. */
export function resend(table: Table, decision: Decision, attempt?: Attempt): Resend;

/** The shortest and the longest wait before a retry, of which the first is 0; null where there is no wait. */
export function bounds(decision: Decision, retry: number): [shortest: number, longest: number] | null;

/** The same of a policy, where the server asks for a delay, or for none. */
export function policyBounds(policy: Policy, retry: number, delay?: number): [shortest: number, longest: number];
