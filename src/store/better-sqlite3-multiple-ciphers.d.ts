/** What is used of the driver: its own declarations cannot be found through its package's `exports`. */
declare module "better-sqlite3-multiple-ciphers" {
  interface Prepared {
    run(...values: readonly unknown[]): { readonly changes: number };
    get(...values: readonly unknown[]): Record<string, null | number | string | Uint8Array> | undefined;
    all(...values: readonly unknown[]): Record<string, null | number | string | Uint8Array>[];
  }

  class SqliteError extends Error {
    /** Such as SQLITE_BUSY_SNAPSHOT: SQLite's extended result code by its name. */
    readonly code: string;
  }

  export default class Database {
    static readonly SqliteError: typeof SqliteError;
    constructor(path: string, options: { readonly timeout: number });
    readonly open: boolean;
    readonly inTransaction: boolean;
    prepare(sql: string): Prepared;
    exec(sql: string): this;
    pragma(source: string, options?: { readonly simple: true }): unknown;
    key(key: Uint8Array): number;
    unsafeMode(on: boolean): this;
    close(): this;
  }
}
