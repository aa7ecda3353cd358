/** What each key does, in one table: the list on `?` is made from it, so that no shortcut goes unlisted. */
import { go, type PageName } from "../route.ts";
import type { Translate } from "../words/types.ts";

export interface Shortcut {
  /** One key, or two typed one after the other. By `KeyboardEvent.key`, so that the layout of the keyboard is the officer's. */
  readonly keys: readonly [string] | readonly [string, string];
  readonly says: (t: Translate) => string;
  readonly run: () => void;
}

const PAGE_KEYS: Readonly<Record<PageName, string>> = {
  watch: "w",
  inbox: "i",
  map: "m",
  drafts: "d",
  lists: "s",
  plans: "p",
  table: "t",
  knows: "k",
  line: "l",
};

/** The rows that an officer goes through: the links of the lists of the page, in their order. */
const ROWS = "main .item .subject, main .map-list button";

function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const now = rows.findIndex((row) => row === document.activeElement);
  const next = now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by;
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
}

/** `help` opens the list; `pages` are those that this officer may see. */
export function shortcuts(pages: readonly PageName[], mayWrite: boolean, help: () => void): readonly Shortcut[] {
  const writing: readonly Shortcut[] = [
    { keys: ["c"], says: (t) => t("keys.write"), run: () => go({ page: "drafts" }) },
    { keys: ["!"], says: (t) => t("keys.alert"), run: () => go({ page: "write", kind: "alert", about: null }) },
  ];
  return [
    { keys: ["?"], says: (t) => t("keys.help"), run: help },
    ...pages.map((page): Shortcut => ({
      keys: ["g", PAGE_KEYS[page]],
      says: (t) => t("keys.go-to", { page: t(`frame.${page}`) }),
      run: () => go({ page }),
    })),
    { keys: ["j"], says: (t) => t("keys.next"), run: () => step(1) },
    { keys: ["k"], says: (t) => t("keys.previous"), run: () => step(-1) },
    { keys: ["u"], says: (t) => t("keys.back"), run: () => window.history.back() },
    { keys: ["."], says: (t) => t("keys.main"), run: () => document.querySelector("main")?.focus() },
    ...(mayWrite ? writing : []),
    { keys: ["P"], says: (t) => t("keys.print"), run: () => window.print() },
  ];
}

const CHORD_MS = 1500;

/** Listens until stopped. A key does nothing while a field has the focus, something covers the page, or it is held with another. */
export function listen(table: readonly Shortcut[]): () => void {
  let first: { readonly key: string; readonly at: number } | null = null;
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("[role=dialog], [role=alertdialog]") !== null) return;
    const begun = first !== null && event.timeStamp - first.at < CHORD_MS ? first.key : null;
    first = null;
    const found = table.find(({ keys }) =>
      keys.length === 2 ? keys[0] === begun && keys[1] === event.key : begun === null && keys[0] === event.key,
    );
    if (found !== undefined) {
      event.preventDefault();
      found.run();
    } else if (table.some(({ keys }) => keys.length === 2 && keys[0] === event.key)) {
      first = { key: event.key, at: event.timeStamp };
    }
  };
  window.addEventListener("keydown", pressed);
  return () => window.removeEventListener("keydown", pressed);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select") !== null)
  );
}
