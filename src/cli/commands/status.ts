import { Command } from "commander";
import type { PeerStatus, Status, Way } from "../../api/index.ts";
import { reasonWords } from "../../line/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { clock, count, fromNow, pairs, table } from "../table.ts";

export function statusCommand(context: Context): Command {
  const command = nodeOptions(
    new Command("status").description("the line as this node sees it: logs, peers, what waits"),
  );
  examples(command, [
    ["who has what of whom, and when each was last heard", "status --dir north --as watch-1"],
    [
      "for a monitor: exit status 1 where it may not speak, a peer has a fault or something is overdue",
      "status --dir north --as watch-1 --json",
    ],
  ]);
  return action<NodeOptions>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const status = await client.status();
    const troubled =
      status.silenced !== null ||
      status.counts.overdue > 0 ||
      status.peers.some((peer) => peer.split || peer.last_fault !== null);
    return { status: troubled ? 1 : 0, json: status, text: statusText(status) };
  });
}

function statusText(status: Status): string {
  const { at, counts, log, peers } = status;
  const waits = [
    count(counts.inbox, "in the inbox", "in the inbox"),
    counts.overdue > 0 ? `${counts.overdue} OVERDUE` : "none overdue",
    count(counts.drafts, "draft"),
    count(counts.conflicts, "conflict"),
    ...(counts.unopened > 0 ? [`${counts.unopened} UNOPENED`] : []),
  ];
  const facts = pairs([
    ["node", `${status.name} (${status.party}), version ${status.version}`],
    ["line", `${status.exercise ? "EXERCISE " : ""}${status.line_title}, ${status.state}`],
    ...(status.silenced === null
      ? []
      : [["SAYS NOTHING", `${status.silenced.message} (${status.silenced.code})`] as const]),
    ...status.suspended.map(
      ({ name, since, reason }) => ["SUSPENDED", `by ${name} since ${clock(since)}: ${reasonWords(reason)}`] as const,
    ),
    ...status.left.map(
      ({ name, at: when, reason }) => ["LEFT", `${name} at ${clock(when)}: ${reasonWords(reason)}`] as const,
    ),
    ["until", status.expires_at === null ? "no end agreed" : clock(status.expires_at)],
    ["clock", clock(at)],
    ["own log", `${count(log.size, "entry", "entries")}, root ${log.root.slice(0, 16)}…`],
    ["waits", waits.join(", ")],
  ]);
  const rows = peers.map((peer) => peerRow(peer, log.size, at));
  const held = table(["peer", "we hold of theirs", "they hold of ours", "last exchange", "trouble"], rows);
  const ways = peers.flatMap((peer) => peer.ways.filter(isUsed).map((way) => wayRow(peer, way, at)));
  const carried = table(["peer", "carrier", "last sent", "last heard", "trouble"], ways);
  return [facts, held, carried, witnessesText(status)].filter((part) => part !== "").join("\n\n");
}

function witnessesText({ at: now, log, witnesses }: Status): string {
  if (witnesses.length === 0) return "";
  const rows = witnesses.map(({ name, size, at, fault }) => [
    name,
    `${size} of ${log.size}`,
    at === null ? "never" : `${clock(at)}, ${fromNow(at, now)}`,
    fault === null ? "" : `${fault.message} (${fault.code})`,
  ]);
  return table(["witness", "cosigned of ours", "at, by its clock", "trouble"], rows);
}

/** The node keeps these times in its memory alone: before its start there may have been any. */
const NOT_YET = "not since the start";

/** A carrier that goes there, or that has ever brought or taken something. */
function isUsed({ reaches, last_sent_at, last_heard_at }: Way): boolean {
  return reaches || last_sent_at !== null || last_heard_at !== null;
}

function wayRow({ name }: PeerStatus, way: Way, now: number): string[] {
  const when = (at: number | null): string => (at === null ? NOT_YET : fromNow(at, now));
  const { carrier, last_sent_at, last_heard_at, last_fault } = way;
  const fault = last_fault === null ? "" : `${last_fault.message} (${last_fault.code})`;
  return [name, carrier, when(last_sent_at), when(last_heard_at), fault];
}

function peerRow(peer: PeerStatus, ownSize: number, now: number): string[] {
  const fault = peer.last_fault === null ? "" : `${peer.last_fault.message} (${peer.last_fault.code})`;
  return [
    `${peer.name} (${peer.party})`,
    `${peer.size} of ${peer.known_size}`,
    `${peer.they_hold} of ${ownSize}`,
    peer.last_exchange_at === null
      ? NOT_YET
      : `${clock(peer.last_exchange_at)}, ${fromNow(peer.last_exchange_at, now)}`,
    peer.split ? "SPLIT LOG: their log says two things that cannot both be true" : fault,
  ];
}
