/** Rows of a file, and what they change in a list that was told, as the items of a draft. */
import type { ImportedRow, ListDifference } from "../intake/index.ts";
import type { DraftItemRequest } from "./drafts.ts";

type Found = NonNullable<DraftItemRequest["findings"]>[number];

/** Nothing of a row that was refused. Each finding says in which row it is. */
export function itemsOfRow({ row, draft, findings }: ImportedRow): DraftItemRequest[] {
  if (draft === null) return [];
  const { kind, subject, body } = draft;
  const found = findings.map((each): Found => ({ ...each, file_row: row }));
  return [{ kind, subject, body, findings: found.slice(0, 50) }];
}

/**
 * The difference as one draft: what changed replaces, what was added comes behind, and what is no longer there is withdrawn
 * for `reason`; with null it stays in force. What was found of the whole list stands at the first item.
 */
export function itemsOfDifference(difference: ListDifference, reason: string | null): DraftItemRequest[] {
  const { added, changed, removed, findings } = difference;
  const replaced = changed.flatMap(({ row, member }) =>
    itemsOfRow(row).map((item) => ({ ...item, re: { relation: "supersedes" as const, message: member.hash } })),
  );
  const withdrawn = (reason === null ? [] : removed).map(({ hash, subject }): DraftItemRequest => ({
    kind: "withdrawal",
    subject,
    body: { scope: "message", reason: reason ?? "" },
    re: { relation: "withdraws", message: hash },
  }));
  const [first, ...rest] = [...replaced, ...added.flatMap(itemsOfRow), ...withdrawn];
  if (first === undefined) return [];
  return [{ ...first, findings: [...findings, ...(first.findings ?? [])].slice(0, 50) }, ...rest];
}
