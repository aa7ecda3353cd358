/** Store: what a node keeps, behind interfaces, on the disk before it is said. Read `spec/store.md`. */
export { backupStore, isStoreSound } from "./backup.ts";
export { copyStore } from "./copy.ts";
export type { PageKey } from "./driver.ts";
export { storeError } from "./errors.ts";
export { exclusive } from "./exclusive.ts";
export { gazetteerWith, givenPlaces } from "./gazetteers.ts";
export * from "./line-store.ts";
export * from "./private-store.ts";
export { openLineStore } from "./sqlite-line.ts";
export { openPrivateStore } from "./sqlite-private.ts";
export type { StatementRecord } from "./watch-records.ts";
