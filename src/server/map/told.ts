/** What was told, as a file for other software. Only the line's messages come here: plans and holdings have no way in. */
import { MOST_LEFT, type ToldFile, type ToldQuery } from "../../api/index.ts";
import { type Told, toldOf, writeFile, type WrittenFormat } from "../../intake/index.ts";
import { formatRfc3339 } from "../../geo/index.ts";
import { isContentKind, type Message, render, volumesOf } from "../../message/index.ts";
import { toBase64, utf8 } from "../../wire/bytes.ts";
import type { Node } from "../node.ts";
import { type Said, type SaidState, stateAt } from "./said.ts";
import { foundBy } from "./search.ts";

const MEDIA: Readonly<Record<WrittenFormat, readonly [type: string, end: string]>> = {
  csv: ["text/csv;charset=utf-8", "csv"],
  xlsx: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"],
  geojson: ["application/geo+json", "geojson"],
  kml: ["application/vnd.google-earth.kml+xml", "kml"],
  kmz: ["application/vnd.google-earth.kmz", "kmz"],
  gpx: ["application/gpx+xml", "gpx"],
  cot: ["application/xml", "cot.xml"],
  cap: ["application/cap+xml", "cap.xml"],
  volume4d: ["application/json", "volume4d.json"],
};

/**
 * What is in force where no states are asked for, and sites and alerts past their time too: they protect until they are
 * withdrawn. In Cursor on Target what was withdrawn or replaced is there as its deletion. Throws request-malformed.
 */
export async function toldFile(node: Node, { format, list, ...query }: ToldQuery): Promise<ToldFile> {
  const now = node.now();
  const asOf = query.as_of ?? now;
  const found = (await foundBy(node, query)).filter(({ fact }) => isContentKind(fact.kind));
  const told: Told[] = [];
  let without_place = 0;
  for (const said of found) {
    const message = node.book.message(said.fact.hash);
    if (list !== undefined && said.fact.list !== list && message.list?.name !== list) continue;
    const state = stateAt(said, asOf) as SaidState;
    const isEnded = state === "superseded" || state === "withdrawn";
    const isDeletion = isEnded && format === "cot" && query.states === undefined;
    if (query.states === undefined && !isDeletion && !isHeld(said, state)) continue;
    if (!isDeletion && volumesOf(message).length === 0) without_place += 1;
    else if (volumesOf(message).length > 0) told.push(toldMessage(node, said, state, message, isDeletion));
  }
  const { content, left } = writeFile(format, told, now);
  const [media_type, end] = MEDIA[format];
  return {
    file_name: `told-${formatRfc3339(asOf).slice(0, 16).replaceAll(/[-:]/g, "")}Z.${end}`,
    media_type,
    content: toBase64(typeof content === "string" ? utf8(content) : content),
    written: told.filter(({ gone }) => !gone).length,
    without_place,
    left: left.slice(0, MOST_LEFT),
    left_out: Math.max(0, left.length - MOST_LEFT),
  };
}

function isHeld({ fact }: Said, state: SaidState): boolean {
  return state === "in-force" || (state === "expired" && (fact.kind === "site" || fact.kind === "alert"));
}

function toldMessage(node: Node, { fact }: Said, state: SaidState, message: Message, gone: boolean): Told {
  const { exercise, kind, subject, body, list } = message;
  const fields = [
    ["from", node.state.party(fact.from).name],
    ["at", formatRfc3339(fact.at)],
    ["state", state],
    ["message", fact.hash],
    ["list", list?.name ?? ""],
  ] as const;
  return toldOf({ kind, subject, body: { ...body } }, fact.hash.slice(0, 16), {
    // Whatever its author calls it: two parties may number alike, and the next version is another message.
    uid: fact.hash,
    exercise,
    gone,
    fields: fields.filter(([, value]) => value !== ""),
    notice: render(message).notice ?? "",
  });
}
