/** The file in this page: never sent, only what is drafted of it. */
import type { Client, ListMember, ListSummary } from "../../api/index.ts";
import {
  type ImportResult,
  importText,
  LIMITS,
  type ListDifference,
  listDifference,
  type ToldMember,
} from "../../intake/index.ts";
import type { Kind } from "../../message/index.ts";
import { readItem } from "../draft/say.ts";

export interface Brought {
  readonly file: string;
  readonly result: ImportResult;
  /** The list that it stands beside; null of a new one. */
  readonly list: { readonly summary: ListSummary; readonly members: readonly ListMember[] } | null;
  readonly difference: ListDifference | null;
}

interface Wish {
  readonly client: Client;
  readonly as: string | null;
  readonly list: Brought["list"];
}

/** Throws every code of intake, where nothing of the file can be read. */
export async function readFile(file: File, { client, as, list }: Wish): Promise<Brought> {
  const { terms } = await client.charter();
  const area = terms["area"] as { west: number; south: number; east: number; north: number };
  // One byte more than is taken is enough to know that it is too large.
  const bytes = new Uint8Array(await file.slice(0, LIMITS.file_bytes + 1).arrayBuffer());
  const result = importText(bytes, { now: Date.now(), area, ...(as === null ? {} : { as: as as Kind }) });
  const difference = list === null ? null : listDifference(list.members.map(toldOf), result.rows);
  return { file: file.name, result, list, difference };
}

/** Read from the bytes that were signed. */
function toldOf({ bytes, message: { hash } }: ListMember): ToldMember {
  const { message } = readItem({ bytes, hash });
  return { hash, kind: message.kind, subject: message.subject, body: message.body };
}
