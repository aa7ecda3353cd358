/** What witnesses cosigned of this node's own log. It can be asked for again, so no backup holds it. */
import type { CheckpointRecord, PageKey } from "../../store/index.ts";
import { type Row, type Schema, Sqlite } from "../../store/sqlite.ts";

const SCHEMA: Schema = {
  applicationId: 0x50617263,
  migrations: [
    `
CREATE TABLE cosignature (
  witness TEXT NOT NULL,
  origin TEXT NOT NULL,
  size INTEGER NOT NULL,
  line TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (witness, origin, size)
) STRICT, WITHOUT ROWID;
`,
  ],
};

export interface Cosignature {
  /** The witness's verifier key. */
  readonly witness: string;
  readonly origin: string;
  readonly size: CheckpointRecord["size"];
  readonly line: string;
  /** When the witness says that it was, in milliseconds. */
  readonly at: number;
}

export interface Cosignatures {
  keep(cosignature: Cosignature): void;
  newest(witness: string, origin: string): Cosignature | null;
  /** Each witness's first that covers entry `index`. */
  over(origin: string, index: number): Cosignature[];
  /** Each witness's newest. */
  newestOf(origin: string): Cosignature[];
  close(): void;
}

export function openCosignatures(path: string, key: PageKey | null = null): Cosignatures {
  const db = new Sqlite(path, SCHEMA, key);
  const rows = "SELECT witness, origin, size, line, at FROM cosignature";
  return {
    keep: ({ witness, origin, size, line, at }) => {
      const insert =
        "INSERT INTO cosignature (witness, origin, size, line, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
      db.run(insert, witness, origin, size, line, at);
    },
    newest: (witness, origin) => {
      const row = db.get(`${rows} WHERE witness = ? AND origin = ? ORDER BY size DESC LIMIT 1`, witness, origin);
      return row === undefined ? null : recordOf(row);
    },
    over: (origin, index) => {
      const first = "SELECT witness, origin, min(size) AS size, line, at FROM cosignature";
      return db.all(`${first} WHERE origin = ? AND size > ? GROUP BY witness`, origin, index).map(recordOf);
    },
    newestOf: (origin) => {
      const last = "SELECT witness, origin, max(size) AS size, line, at FROM cosignature";
      return db.all(`${last} WHERE origin = ? GROUP BY witness`, origin).map(recordOf);
    },
    close: () => db.close(),
  };
}

function recordOf(row: Row): Cosignature {
  return {
    witness: String(row["witness"]),
    origin: String(row["origin"]),
    size: Number(row["size"]),
    line: String(row["line"]),
    at: Number(row["at"]),
  };
}
