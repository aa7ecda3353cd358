/** A SQLite file as a node needs it: durable at every commit, one schema version, faults as our own codes. */
import { closeSync, fstatSync, fsyncSync, openSync, statfsSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { Connection, type Input, type PageKey, type Row, type Statement } from "./driver.ts";
import { storeError } from "./errors.ts";

export type { Row } from "./driver.ts";

export interface Schema {
  /** Marks the file as ours (PRAGMA application_id). */
  readonly applicationId: number;
  /** Script i brings a store from version i to i + 1. None is ever changed once it was shipped. */
  readonly migrations: readonly string[];
}

/** In the journal before they are copied into the file and it begins anew. */
const JOURNAL_PAGES = 2048;
/** What that many take, their heads and the last commit with them. */
const JOURNAL_BYTES = 9_437_184;
/** A disk with less than so many times of it free is left to its entries. */
const AMPLE = 32;

export class Sqlite {
  readonly #path: string;
  readonly #db: Connection;
  readonly #statements = new Map<string, Statement>();

  /** `key`: what its pages are sealed with; null where the store is plain. */
  constructor(path: string, schema: Schema, key: PageKey | null = null) {
    this.#path = path;
    this.#db = new Connection(path, key);
    try {
      this.#prepare(path, schema);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  #prepare(path: string, { applicationId, migrations }: Schema): void {
    const version = this.#db.pragma("user_version");
    const ours = this.#db.pragma("application_id");
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

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** How many rows it changed. */
  run(sql: string, ...values: Input[]): number {
    return this.#statement(sql).run(...values);
  }

  get(sql: string, ...values: Input[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: Input[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /**
   * All of `work` or nothing of it. `now`: on the disk when this returns. `soon`: handed to the system, and synced
   * with the next that is `now`, for the journal is one file and is synced up to its end.
   */
  transaction<T>(work: () => T, when: "now" | "soon" = "now"): T {
    return when === "now" ? this.#transaction(work) : this.#unsynced(() => this.#transaction(work));
  }

  #unsynced<T>(work: () => T): T {
    this.#db.exec("PRAGMA synchronous = NORMAL");
    try {
      return work();
    } finally {
      this.#db.exec("PRAGMA synchronous = FULL");
    }
  }

  #transaction<T>(work: () => T): T {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
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
    this.#db.close();
  }
}
