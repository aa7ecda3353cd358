import { Command } from "commander";
import { existsSync } from "node:fs";
import { keyFingerprint } from "../../crypto/index.ts";
import { FOUNDING_ROSTER_INDEX, newest, type Officer, type RosterHistory } from "../../line/index.ts";
import { nodePaths } from "../../server/index.ts";
import { fromHex, toHex } from "../../wire/bytes.ts";
import { action } from "../action.ts";
import { readAppointed } from "../appointments.ts";
import type { Context } from "../context.ts";
import { directoryOf, officerKeyPath } from "../directory.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { ownHistory, publishedHistory } from "../own-roster.ts";
import { table } from "../table.ts";

export function listCommand(context: Context): Command {
  const command = nodeOptions(
    new Command("list").description(
      "who is appointed, and since when the newest roster says so; the node is asked for that where you say who you are",
    ),
  );
  examples(command, [
    ["who is appointed, and since when it counts", "officer list --dir north --as admin-1"],
    ["without the node: who is appointed, and who was at the pairing", "officer list --dir north"],
  ]);
  return action<NodeOptions>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const asks = (options.as ?? options.key ?? context.env["PARLEY_OFFICER"]) !== undefined;
    const history = await historyOf(context, dir, options, asks);
    const appointed = readAppointed(dir).officers.map(({ key, ...one }) => ({ ...one, key, appointed: true }));
    const left = (history === null ? [] : newest(history).roster.officers)
      .map((one) => ({ ...one, roles: [...one.roles], key: toHex(one.key), appointed: false }))
      .filter(({ key }) => !appointed.some((one) => one.key === key));
    const officers = [...appointed, ...left].map(({ key, ...one }) => ({
      ...one,
      fingerprint: keyFingerprint(context.suite, fromHex(key)),
      key_file: existsSync(officerKeyPath(dir, one.id)) ? officerKeyPath(dir, one.id) : null,
      ...standing(history, { ...one, key }),
    }));
    const rows = officers.map((one) => [one.id, one.person, one.roles.join(", "), rosterText(one), one.fingerprint]);
    const head = ["officer", "person", "roles", asks ? "in the newest roster" : "at the pairing", "fingerprint"];
    const text = rows.length === 0 ? "No officer is appointed yet." : table(head, rows);
    return { status: 0, json: { roster: history && newest(history).roster.seq, officers }, text };
  });
}

/** As the pairing left it where the node is not asked; null before any pairing. */
async function historyOf(context: Context, dir: string, options: NodeOptions, asks: boolean) {
  if (!existsSync(nodePaths(dir).line)) return null;
  if (asks) return publishedHistory(context, dir, await officer(context, options));
  return ownHistory(context.suite, dir).history;
}

type Known = Pick<Officer, "id" | "person" | "roles"> & { readonly key: string };

/** Since which roster he stands there without a break, with that key and those roles. */
function standing(history: RosterHistory | null, known: Known) {
  const isIn = ({ roster }: RosterHistory[number]) => roster.officers.some((one) => isSame(one, known));
  const lastWithout = history?.findLastIndex((entry) => !isIn(entry)) ?? -1;
  const since = history?.[lastWithout + 1];
  return {
    in_roster: since !== undefined,
    since_roster: since?.roster.seq ?? null,
    since_entry: since === undefined || since.index <= FOUNDING_ROSTER_INDEX ? null : since.index,
  };
}

function isSame(one: Officer, { id, person, roles, key }: Known): boolean {
  return one.id === id && one.person === person && one.roles.join() === roles.join() && toHex(one.key) === key;
}

interface Row {
  readonly appointed: boolean;
  readonly in_roster: boolean;
  readonly since_roster: number | null;
  readonly since_entry: number | null;
}

function rosterText({ appointed, in_roster, since_roster, since_entry }: Row): string {
  if (!in_roster) return "no";
  if (!appointed) return "yes, though removed here: officer enrol";
  return since_entry === null ? "yes" : `since entry ${since_entry} (roster ${since_roster ?? "-"})`;
}
