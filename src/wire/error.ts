/**
 * The one error class of Parley. Every fault that a person or a program can meet carries a code from a closed table,
 * says what is wrong, and says what to do next. Each room owns a table of its codes; `docs/errors.md` is made from
 * all of them by `tools/errors.ts`.
 */

/** Exit statuses of the command line: 0 yes; 1 a valid "no"; 2 bad input or usage; 3 could not run. */
export type ExitStatus = 1 | 2 | 3;

export interface ErrorEntry {
  /** Exit status of a command that ends with this fault. */
  readonly exit: ExitStatus;
  /** HTTP status of a route that ends with this fault. */
  readonly http: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503 | 507;
  /** What to do next, for people; one sentence. */
  readonly next: string;
}

export type ErrorTable = Readonly<Record<string, ErrorEntry>>;

/** Facts that go with a fault, for programs: plain JSON values, never secrets. */
export type ErrorDetail = Readonly<Record<string, string | number | boolean | null>>;

export class ParleyError<Code extends string = string> extends Error {
  override readonly name = "ParleyError";
  readonly code: Code;
  readonly next: string;
  readonly exit: ExitStatus;
  readonly http: ErrorEntry["http"];
  readonly detail: ErrorDetail;

  constructor(code: Code, message: string, entry: ErrorEntry, detail: ErrorDetail = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.next = entry.next;
    this.exit = entry.exit;
    this.http = entry.http;
    this.detail = detail;
  }
}

/**
 * Makes a room's error constructor: `throw wireError("cbor-trailing", "…")`. Only codes of the table type-check.
 */
export function errorsOf<const Table extends ErrorTable>(table: Table) {
  return <Code extends keyof Table & string>(
    code: Code,
    message: string,
    options: { readonly detail?: ErrorDetail; readonly cause?: unknown } = {},
  ): ParleyError<Code> => new ParleyError(code, message, table[code] as ErrorEntry, options.detail, options.cause);
}

/** True where `error` is a ParleyError, of one of `codes` if any are given. */
export function isParleyError(error: unknown, ...codes: string[]): error is ParleyError {
  return error instanceof ParleyError && (codes.length === 0 || codes.includes(error.code));
}
