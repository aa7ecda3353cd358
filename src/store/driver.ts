/**
 * The one SQLite that everything here runs on, and the one file that knows its driver: SQLite3 Multiple Ciphers, which
 * is SQLite with every page sealed before it is written (spec/at-rest.md). Two SQLites in one process would take each
 * other's locks away, so nothing else of Parley opens a store.
 */
import Database from "better-sqlite3-multiple-ciphers";
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { basename, dirname } from "node:path";
import { type Bytes, concat, equalBytes, toHex, utf8 } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import { storeError } from "./errors.ts";

export type Input = null | number | bigint | string | Uint8Array;
export type Row = Record<string, null | number | string | Uint8Array>;

/** What a store's pages are sealed with. */
export interface PageKey {
  /** 32 secret bytes, of this store alone. */
  readonly key: Bytes;
  /** The first 16 bytes of the file: they say which key it is under, and nothing about it. */
  readonly mark: Bytes;
}

const BUSY_MS = 5000;
const PLAIN_MARK = utf8("SQLite format 3\0");
/** AEGIS-256: with a processor's AES a page costs next to nothing; ChaCha20 made reading three to five times slower. */
const CIPHER = ["cipher = 'aegis'", "algorithm = 'aegis-256'"];

export interface Statement {
  /** How many rows it changed. */
  run(...values: readonly Input[]): number;
  get(...values: readonly Input[]): Row | undefined;
  all(...values: readonly Input[]): Row[];
}

/** One handle on one file. Every fault of SQLite comes out as one of `STORE_ERRORS`. */
export class Connection {
  readonly #db: Database;
  /** Which of a node's stores it is, for whoever must mend it. */
  readonly #name: string;

  /** @throws store-other-key, store-plain, store-failed, store-read-only */
  constructor(path: string, key: PageKey | null, options: { readonly busyMs?: number } = {}) {
    if (!existsSync(dirname(path))) throw storeError("store-failed", `There is no folder ${dirname(path)}.`);
    this.#name = basename(path);
    this.#db = this.#guarded(() => new Database(path, { timeout: options.busyMs ?? BUSY_MS }));
    try {
      if (key !== null) this.#guarded(() => this.#show(key));
      // A sort or a journal of a statement that does not fit into memory would go to the system's temporary folder.
      this.exec("PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;");
      if (key !== null) this.prepare("SELECT count(*) FROM sqlite_schema").get();
    } catch (error) {
      this.#db.close();
      throw keyFault(path, key, error) ?? error;
    }
  }

  /** Runs `work`; a fault of SQLite comes out as one of `STORE_ERRORS`. */
  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translated(error, this.#name);
    }
  }

  #show(key: PageKey): void {
    for (const setting of CIPHER) this.#db.pragma(setting);
    this.#db.key(Buffer.from(raw(key)));
  }

  prepare(sql: string): Statement {
    const prepared = this.#guarded(() => this.#db.prepare(sql));
    // The driver takes `?1` for a name.
    const numbered = /\?\d/.test(sql);
    const given = (values: readonly Input[]): readonly unknown[] => {
      if (values.includes(undefined as never)) throw new TypeError(`A value is missing: ${sql}`);
      return numbered ? [Object.fromEntries(values.map((value, i) => [i + 1, value]))] : values;
    };
    return {
      run: (...values) => this.#guarded(() => prepared.run(...given(values)).changes),
      get: (...values) => this.#guarded(() => plainRow(prepared.get(...given(values)))),
      all: (...values) => this.#guarded(() => prepared.all(...given(values)).map(plainRow)),
    };
  }

  exec(sql: string): void {
    this.#guarded(() => this.#db.exec(sql));
  }

  /** Such as `user_version`, as a number. */
  pragma(name: string): number {
    return Number(this.#guarded(() => this.#db.pragma(name, { simple: true })));
  }

  /** Another file beside this one, under its own key. */
  attach(path: string, name: string, key: PageKey | null): void {
    for (const setting of key === null ? [] : CIPHER) this.#db.pragma(setting);
    try {
      this.prepare(`ATTACH ? AS ${name} KEY ?`).run(path, key === null ? "" : raw(key));
    } catch (error) {
      throw keyFault(path, key, error) ?? error;
    }
  }

  /** Tables that belong to an index may be written, as a copy of everything must. */
  allowShadowTables(): void {
    this.#db.unsafeMode(true);
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction;
  }

  close(): void {
    if (this.#db.open) this.#db.close();
  }
}

/** The key itself and the file's first bytes; nothing is derived from either. */
function raw({ key, mark }: PageKey): string {
  return `raw:${toHex(concat(key, mark))}`;
}

/**
 * SQLite calls a wrong key and a damaged first page by one name, and people must do different things about them. Looked
 * at only after a failure: closing a second handle of a file takes away the locks of the first.
 */
function keyFault(path: string, key: PageKey | null, error: unknown) {
  if (key === null || !isParleyError(error, "store-corrupt")) return null;
  const mark = headOf(path, key.mark.length);
  if (mark === null) return null;
  if (equalBytes(mark, PLAIN_MARK)) {
    return storeError("store-plain", `${path} is not encrypted, and this directory's stores are.`);
  }
  if (equalBytes(mark, key.mark)) return null;
  return storeError("store-other-key", `${path} is under another key, or its first page is damaged.`);
}

function headOf(path: string, length: number): Bytes | null {
  try {
    const file = openSync(path, "r");
    try {
      const head = new Uint8Array(length);
      return readSync(file, head, 0, length, 0) === length ? head : null;
    } finally {
      closeSync(file);
    }
  } catch {
    // What was thrown already says more.
    return null;
  }
}

function plainRow<R extends Row | undefined>(row: R): R {
  if (row === undefined) return row;
  for (const [name, value] of Object.entries(row)) {
    if (value instanceof Uint8Array) row[name] = new Uint8Array(value.buffer, value.byteOffset, value.length);
    else if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw storeError("store-corrupt", `The store holds a number that nothing here writes (${name}).`);
    }
  }
  return row;
}

/** Extended codes of a write or an extension of the shared memory that found no room. */
const NO_ROOM = ["SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"];

/** By SQLite's result codes, https://www.sqlite.org/rescode.html: SQLITE_BUSY and those that extend it (SQLITE_BUSY_…). */
function translated(error: unknown, name: string): unknown {
  if (isParleyError(error) || !(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  const is = (primary: string): boolean => code === primary || code.startsWith(`${primary}_`);
  const options = { cause: error, detail: { sqlite: code } };
  if (is("SQLITE_FULL") || NO_ROOM.includes(code)) return storeError("disk-full", "The disk is full.", options);
  if (is("SQLITE_BUSY")) return storeError("store-busy", `${name} is held by another program.`, options);
  if (is("SQLITE_READONLY")) return storeError("store-read-only", `${name} cannot be written.`, options);
  if (is("SQLITE_CORRUPT") || is("SQLITE_NOTADB")) {
    return storeError("store-corrupt", `${name} is damaged.`, options);
  }
  return storeError("store-failed", `${name} failed: ${error.message}.`, options);
}
