/** The event book: what conflicts, as it begins, changes and ends. */
export { type BookEvent, createEventBook, type Entry, type EventBook } from "./book.ts";
export { presentOf } from "./present.ts";
export { type Change, changeOf, phaseOf, type Standing } from "./standing.ts";
