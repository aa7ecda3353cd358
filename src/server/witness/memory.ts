/**
 * What this node knows as a witness: its key, and of each log the newest checkpoint that it cosigned. One file holds
 * both and no backup holds it: a witness that forgot what it signed would cosign a fork in good faith, so a restored
 * node begins as another witness.
 */
import { SEED_BYTES, type Suite } from "../../crypto/index.ts";
import type { Checkpoint, WitnessMemory } from "../../log/index.ts";
import type { PageKey } from "../../store/index.ts";
import { type Schema, Sqlite } from "../../store/sqlite.ts";
import type { Bytes } from "../../wire/bytes.ts";

const SCHEMA: Schema = {
  applicationId: 0x50617277,
  migrations: [
    `
CREATE TABLE key (id INTEGER PRIMARY KEY CHECK (id = 1), seed BLOB NOT NULL CHECK (length(seed) = 32)) STRICT;
CREATE TABLE seen (
  origin TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT, WITHOUT ROWID;
`,
  ],
};

export interface WitnessMemoryFile {
  readonly seed: Bytes;
  readonly latest: WitnessMemory["latest"];
  /** On the disk when it returns. */
  remember(checkpoint: Checkpoint): void;
  /** All that `run` reads and remembers is one step. */
  atomically<T>(run: () => T): T;
  close(): void;
}

export function openWitnessMemory(suite: Suite, path: string, key: PageKey | null = null): WitnessMemoryFile {
  const db = new Sqlite(path, SCHEMA, key);
  db.run("INSERT INTO key (id, seed) VALUES (1, ?) ON CONFLICT DO NOTHING", suite.randomBytes(SEED_BYTES));
  const latest = (origin: string) => {
    const row = db.get("SELECT size, root FROM seen WHERE origin = ?", origin);
    return row === undefined ? null : { size: Number(row["size"]), root: row["root"] as Bytes };
  };
  return {
    seed: db.get("SELECT seed FROM key")?.["seed"] as Bytes,
    latest,
    remember: ({ origin, size, root }) => {
      // The newest one asked for again costs no write: anybody who has it may ask.
      if (latest(origin)?.size === size) return;
      const upsert = `INSERT INTO seen (origin, size, root) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET size = ?2, root = ?3`;
      db.run(upsert, origin, size, root);
    },
    atomically: (run) => db.transaction(run),
    close: () => db.close(),
  };
}
