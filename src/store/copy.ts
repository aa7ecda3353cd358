/** A store written anew under another key, or under none: row by row into a fresh file, so that nothing plain is on the way. */
import { closeSync, fsyncSync, openSync } from "node:fs";
import { Connection, type PageKey } from "./driver.ts";
import { storeError } from "./errors.ts";

/**
 * Writes what the store at `path` holds to `copy`, which must not exist; on the disk when it returns. Nobody else may
 * have the store open. Schema version, row ids and word indexes are as they were.
 * @throws disk-full, store-corrupt, store-busy, store-other-key, store-plain
 */
export function copyStore(path: string, key: PageKey | null, copy: string, copyKey: PageKey | null): void {
  const db = new Connection(copy, copyKey);
  try {
    // A copy that a crash leaves behind is thrown away whole, so it needs no journal.
    db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;");
    db.attach(path, "source", key);
    db.allowShadowTables();
    for (const name of ["application_id", "user_version"]) db.exec(`PRAGMA ${name} = ${db.pragma(`source.${name}`)}`);
    db.exec("BEGIN");
    copyTables(db);
    copyRest(db);
    db.exec("COMMIT");
    if (db.prepare("PRAGMA main.integrity_check").get()?.["integrity_check"] !== "ok") {
      throw storeError("store-corrupt", `${path} cannot be copied whole.`);
    }
  } finally {
    db.close();
  }
  const file = openSync(copy, "r+");
  fsyncSync(file);
  closeSync(file);
}

/** The tables of a word index are made with it, and then filled like any other. */
function copyTables(db: Connection): void {
  const tables = db.prepare("SELECT name, type, wr FROM pragma_table_list WHERE schema = 'source'").all();
  const ours = tables.filter(({ name }) => !String(name).startsWith("sqlite_"));
  for (const { name } of ours.filter(({ type }) => type !== "shadow")) db.exec(statementOf(db, "table", String(name)));
  for (const { name, wr } of ours.filter(({ type }) => type !== "virtual")) {
    const columns = db.prepare("SELECT name FROM pragma_table_info(?, 'source')").all(String(name));
    const named = [...(wr === 1 ? [] : ["rowid"]), ...columns.map((column) => quoted(String(column["name"])))].join(
      ", ",
    );
    db.exec(`DELETE FROM main.${quoted(String(name))}`);
    db.exec(`INSERT INTO main.${quoted(String(name))} (${named}) SELECT ${named} FROM source.${quoted(String(name))}`);
  }
}

function copyRest(db: Connection): void {
  const rest = "SELECT sql FROM source.sqlite_schema WHERE type IN ('index', 'view', 'trigger') AND sql IS NOT NULL";
  for (const { sql } of db.prepare(rest).all()) db.exec(String(sql));
}

function statementOf(db: Connection, type: string, name: string): string {
  const found = db.prepare("SELECT sql FROM source.sqlite_schema WHERE type = ? AND name = ?").get(type, name);
  return String(found?.["sql"]);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
