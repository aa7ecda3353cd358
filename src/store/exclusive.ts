/** A file of which one process holds the only lock, by SQLite's own locking; it ends with the process, however that ends. */
import { Connection } from "./driver.ts";

/** @throws store-busy where another has it */
export function exclusive(path: string): { release(): void } {
  const db = new Connection(path, null, { busyMs: 200 });
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    throw error;
  }
  return { release: () => db.close() };
}
