/** The file in this page: never sent, only what is drafted of it. */
import type { Client, ListMember, ListSummary } from "../../api/index.ts";
import {
  type ImportOptions,
  type ImportResult,
  importText,
  LIMITS,
  type ListDifference,
  listDifference,
  type ToldMember,
} from "../../intake/index.ts";
import type { Kind } from "../../message/index.ts";
import { isParleyError, type ParleyError } from "../../wire/error.ts";
import { readItem } from "../draft/say.ts";
import { type Corrections, keepCorrections, keptCorrections } from "./corrections.ts";

export interface Brought {
  readonly file: string;
  readonly result: ImportResult;
  /** Its columns do not say where things are: they have to be corrected before there are rows to look at. */
  readonly incomplete: ParleyError | null;
  readonly corrections: Corrections;
  /** Given for times that name none. */
  readonly zone: string | null;
  /** The list that it stands beside; null of a new one. */
  readonly list: { readonly summary: ListSummary; readonly members: readonly ListMember[] } | null;
  readonly difference: ListDifference | null;
}

interface Wish {
  readonly client: Client;
  readonly as: string | null;
  /** Of its columns; null: what is remembered of files with the same ones. */
  readonly corrections: Corrections | null;
  /** Of times that name none; null: they are left out. */
  readonly zone: string | null;
  readonly list: Brought["list"];
}

/** Throws every code of intake, where nothing of the file can be read. */
export async function readFile(file: File, { client, as, corrections, zone, list }: Wish): Promise<Brought> {
  const { terms } = await client.charter();
  const area = terms["area"] as { west: number; south: number; east: number; north: number };
  // One byte more than is taken is enough to know that it is too large.
  const bytes = new Uint8Array(await file.slice(0, LIMITS.file_bytes + 1).arrayBuffer());
  const remembered = keptCorrections();
  const { result, incomplete } = readColumns(bytes, {
    now: Date.now(),
    area,
    ...(corrections === null ? { remembered } : { mapping: corrections }),
    ...(zone === null ? {} : { zone }),
    ...(as === null ? {} : { as: as as Kind }),
  });
  const key = result.mapping.header_key;
  if (corrections !== null && key !== null) keepCorrections(key, corrections);
  const held = corrections ?? (key === null ? undefined : remembered.get(key)) ?? {};
  const difference =
    list === null || incomplete !== null ? null : listDifference(list.members.map(toldOf), result.rows);
  return { file: file.name, result, incomplete, corrections: held, zone, list, difference };
}

function readColumns(bytes: Uint8Array<ArrayBuffer>, options: ImportOptions): Pick<Brought, "result" | "incomplete"> {
  try {
    return { result: importText(bytes, options), incomplete: null };
  } catch (error) {
    if (!isParleyError(error, "mapping-incomplete")) throw error;
    return { result: importText(bytes, { ...options, placeless: true }), incomplete: error };
  }
}

/** Read from the bytes that were signed. */
function toldOf({ bytes, message: { hash } }: ListMember): ToldMember {
  const { message } = readItem({ bytes, hash });
  return { hash, kind: message.kind, subject: message.subject, body: message.body };
}
