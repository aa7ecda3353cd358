/** A SQLite file as a node needs it: durable at every commit, one schema version, faults as our own codes. */
import { closeSync, fstatSync, fsyncSync, openSync, statfsSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { isParleyError } from "../wire/error.ts";
import { storeError } from "./errors.ts";

export type Row = Record<string, SQLOutputValue>;

export interface Schema {
  /** Marks the file as ours (PRAGMA application_id). */
  readonly applicationId: number;
  /** Script i brings a store from version i to i + 1. None is ever changed once it was shipped. */
  readonly migrations: readonly string[];
}

const BUSY_MS = 5000;
/** In the journal before they are copied into the file and it begins anew. */
const JOURNAL_PAGES = 2048;
/** What that many take, their heads and the last commit with them. */
const JOURNAL_BYTES = 9_437_184;
/** A disk with less than so many times of it free is left to its entries. */
const AMPLE = 32;
/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const BUSY = 5;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;
/** Extended codes of a write or an extension of the shared memory that found no room. */
const NO_ROOM = [778, 4874];

export class Sqlite {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, schema: Schema) {
    this.#path = path;
    this.#db = guarded(() => new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: BUSY_MS }));
    try {
      guarded(() => this.#prepare(path, schema));
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  #prepare(path: string, { applicationId, migrations }: Schema): void {
    const version = this.#pragma("user_version");
    const ours = this.#pragma("application_id");
    const tables = this.#db.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"];
    if (ours !== applicationId && !(ours === 0 && tables === 0)) {
      throw storeError("store-not-ours", `${path} is not a store of this kind.`);
    }
    if (version > migrations.length) {
      throw storeError(
        "store-newer",
        `${path} has schema version ${version}; this Parley knows ${migrations.length}.`,
        {
          detail: { version, known: migrations.length },
        },
      );
    }
    this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000;");
    // A page that is written again and again before the journal begins anew is copied into the file once.
    this.#db.exec(`PRAGMA wal_autocheckpoint = ${JOURNAL_PAGES};`);
    if (version === migrations.length) return;
    this.transaction(() => {
      for (const script of migrations.slice(version)) this.#db.exec(script);
      this.#db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length};`);
    });
  }

  #pragma(name: string): number {
    return Number(this.#db.prepare(`PRAGMA ${name}`).get()?.[name]);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** How many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return guarded(() => Number(this.#statement(sql).run(...values).changes));
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return guarded(() => this.#statement(sql).get(...values));
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return guarded(() => this.#statement(sql).all(...values));
  }

  exec(sql: string): void {
    guarded(() => this.#db.exec(sql));
  }

  /**
   * All of `work` or nothing of it. `now`: on the disk when this returns. `soon`: handed to the system, and synced
   * with the next that is `now`, for the journal is one file and is synced up to its end.
   */
  transaction<T>(work: () => T, when: "now" | "soon" = "now"): T {
    return when === "now" ? this.#transaction(work) : this.#unsynced(() => this.#transaction(work));
  }

  #unsynced<T>(work: () => T): T {
    guarded(() => this.#db.exec("PRAGMA synchronous = NORMAL"));
    try {
      return work();
    } finally {
      this.#db.exec("PRAGMA synchronous = FULL");
    }
  }

  #transaction<T>(work: () => T): T {
    return guarded(() => {
      this.#db.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        this.#db.exec("COMMIT");
        return result;
      } catch (error) {
        if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /**
   * Fills the journal with zeros up to where it begins anew. A journal that grows makes the system write where its new
   * end is at every sync, which takes longer than the sync itself. SQLite reads a journal up to the first page that is
   * not of it, and takes no locks on that file, so that another handle may be closed.
   */
  fillJournal(): void {
    const path = `${this.#path}-wal`;
    // It is haste and no need: where it fails, the journal grows as it is used.
    try {
      const { bavail, bsize } = statfsSync(dirname(path));
      const journal = openSync(path, "r+");
      try {
        const { size } = fstatSync(journal);
        if (size >= JOURNAL_BYTES || bavail * bsize < AMPLE * JOURNAL_BYTES) return;
        writeSync(journal, new Uint8Array(JOURNAL_BYTES - size), 0, JOURNAL_BYTES - size, size);
        fsyncSync(journal);
      } finally {
        closeSync(journal);
      }
    } catch {
      return;
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }
}

/** Runs `work`; a fault of SQLite comes out as one of `STORE_ERRORS`. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  if (isParleyError(error) || !(error instanceof Error) || !("errcode" in error)) return error;
  const extended = Number(error.errcode);
  const options = { cause: error, detail: { sqlite: extended } };
  const primary = extended & 0xff;
  if (primary === FULL || NO_ROOM.includes(extended)) return storeError("disk-full", "The disk is full.", options);
  if (primary === BUSY) return storeError("store-busy", "The store is held by another program.", options);
  if (primary === READONLY) return storeError("store-read-only", "The store cannot be written.", options);
  if (primary === CORRUPT || primary === NOT_A_DATABASE) {
    return storeError("store-corrupt", "The store's file is damaged.", options);
  }
  return storeError("store-failed", `The store failed: ${error.message}.`, options);
}
