import { Command } from "commander";
import { allDrafts, type Draft, type Learned } from "../../api/index.ts";
import { action } from "../action.ts";
import { confirmOrStop } from "../confirm.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { findDraft } from "../find.ts";
import { gather, examples, nodeOptions, type NodeOptions } from "../help.ts";
import { type Officer, officer } from "../node.ts";
import { reKey } from "../re-key.ts";
import { renderMessage } from "../rendering.ts";
import { verifiedDrafter } from "../roster-view.ts";
import { type ItemToSign, itemsToSign, releaseItems } from "../signing.ts";
import { count, pairs, short, table } from "../table.ts";
import { conflictsText, findingsText, renderedText } from "../words.ts";

interface Options extends NodeOptions {
  readonly confirmFindings?: boolean;
  readonly again?: readonly string[];
  readonly refuse?: string;
  readonly full?: boolean;
  readonly yes?: boolean;
}

/** A list longer than this is shown as a table, unless it is asked for in full. */
const IN_FULL = 5;

export function releaseCommand(context: Context): Command {
  const command = new Command("release")
    .description("as the second officer: read what would be told, out of the bytes themselves, and release it")
    .argument("[draft]", "its id, or the first digits of it (default: the only one that waits)")
    .option("--confirm-findings", "you have looked at every finding, and all is right as it stands")
    .option(
      "--again <field=value>",
      'a place, time or height, entered again from the source, where this node asks for it: footprint.at="36.34 43.13", of a list 12.footprint.at=…; may be given again (asked for on a terminal)',
      gather,
    )
    .option("--refuse <reason>", "do not release it; the drafter sees the reason")
    .option("--full", "show every message and every finding of a long list")
    .option("-y, --yes", "do not ask again before it is signed");
  nodeOptions(command);
  examples(command, [
    ["what waits", "draft list --dir north --as releaser-1"],
    ["see it and release it", "release 8c21 --dir north --as releaser-1"],
    ["a list whose warnings you have looked at", "release 8c21 --confirm-findings --dir relief --as releaser-1"],
    ["send it back", 'release 8c21 --refuse "The second bridge is closed" --dir north --as releaser-1'],
  ]);
  return action<Options>(context, command, async (_, options, [wanted]) => {
    const who = await officer(context, options);
    const draft = await waitingDraft(who, wanted);
    if (options.refuse !== undefined) {
      const refused = await who.client.refuseDraft({ params: { id: draft.id }, body: { reason: options.refuse } });
      return {
        status: 0,
        json: { id: draft.id, state: refused.state },
        text: `Refused. ${draft.drafted_by} sees the reason.`,
      };
    }
    const items = await itemsToSign(context, who, draft);
    const drafter = await verifiedDrafter(context, who, draft, items);
    context.say(draftText(draft, items, { drafter, full: options.full === true }));
    refuseFindings(draft, options.confirmFindings === true);
    const again = await reKey(context, draft, items, options.again ?? []);
    const recipients = draft.recipients.map(({ name }) => name).join(" and ");
    await confirmOrStop(
      context,
      options.yes,
      `Release ${count(items.length, "message")} to ${recipients}? It cannot be recalled.`,
    );
    const released = await releaseItems(context, who, draft.id, items, {
      confirmedFindings: options.confirmFindings === true,
      reKeyed: again,
    });
    const names = released.length > IN_FULL ? count(released.length, "message") : released.map(short).join(", ");
    return { status: 0, json: { id: draft.id, released }, text: `Released: ${names}. The log has it.` };
  });
}

async function waitingDraft({ client }: Officer, wanted: string | undefined): Promise<Draft> {
  if (wanted !== undefined) {
    const { id } = await findDraft(client, wanted);
    return client.draft({ params: { id } });
  }
  const drafts = await allDrafts(client);
  const [first, ...more] = drafts.filter(({ state }) => state === "signed");
  if (first === undefined) throw cliError("id-unknown", "No draft waits for release.");
  if (more.length > 0)
    throw cliError(
      "id-ambiguous",
      `${more.length + 1} drafts wait: ${[first, ...more].map(({ id }) => short(id)).join(", ")}.`,
    );
  return client.draft({ params: { id: first.id } });
}

/** What is wrong or doubtful is released only by somebody who says that he has looked at it. */
function refuseFindings(draft: Draft, confirmed: boolean): void {
  const findings = draft.items.flatMap((item) => item.findings).filter(({ gravity }) => gravity !== "note");
  if (findings.length === 0 || confirmed) return;
  throw cliError(
    "findings-not-confirmed",
    `${count(findings.length, "finding")} ${findings.length === 1 ? "is" : "are"} not confirmed.`,
    {
      detail: { findings: findings.length },
    },
  );
}

interface View {
  readonly drafter: string;
  readonly full: boolean;
}

/** The whole of what a releaser must see: what is told, to whom, what is new in it, what is doubtful, what it touches. */
export function draftText(draft: Draft, items: readonly ItemToSign[], { drafter, full }: View): string {
  const parts = [itemsText(items, full || items.length <= IN_FULL)];
  parts.push(
    pairs([
      ["would go to", draft.recipients.map(({ party, name }) => `${name} (${party})`).join(", ")],
      ["drafted by", drafter],
      ...(draft.sole_reason === null ? [] : [["released alone, because", draft.sole_reason] as const]),
    ]),
  );
  const learned = draft.items.flatMap(({ learn }, i) => learn.map((each) => ({ ...each, row: i })));
  if (learned.length > 0) parts.push(learnText(learned, items.length));
  const findings = draft.items.flatMap((item, i) =>
    item.findings.map((each) => ({ ...each, ...(items.length > 1 && { row: whereOf(each, i) }) })),
  );
  if (findings.length > 0) parts.push(`Findings\n${findingsText(findings, full ? "all" : "some")}`);
  const conflicts = draft.items.flatMap((item) => item.conflicts);
  if (conflicts.length > 0) {
    const left = draft.conflicts_count - conflicts.length;
    const more = left <= 0 ? "" : `\nand ${left} more, none of them worse`;
    parts.push(`Conflicts with what this node knows (they are not told)\n${conflictsText(conflicts)}${more}`);
  }
  return `${parts.join("\n\n")}\n`;
}

/** In the file, where it came from one: there it is looked up. */
function whereOf({ file_row = null }: Draft["items"][number]["findings"][number], i: number): string {
  return file_row === null ? `item ${i + 1}` : `row ${file_row}`;
}

function itemsText(items: readonly ItemToSign[], full: boolean): string {
  if (full) return items.map(({ message }) => renderedText(renderMessage(message))).join("\n\n");
  const rows = items.map(({ message, hash }, i) => [`${i + 1}`, short(hash), message.kind, message.subject]);
  return table(["", "message", "kind", "subject"], rows);
}

/** What is new to them; where all of it is, one line says so, and where nothing is, that. */
function learnText(learned: readonly (Learned & { readonly row: number })[], items: number): string {
  const fresh = learned.filter(({ known }) => known === "new");
  const said = "(as the node says, from what it has told and heard)";
  if (fresh.length === learned.length) return `They would newly learn all of it ${said}.`;
  if (fresh.length === 0) return `They would learn nothing new ${said}.`;
  const head = `They would newly learn ${count(fresh.length, "field")} of ${learned.length} ${said}`;
  if (items > IN_FULL) return `${head}.`;
  const rows = fresh.map(({ label, value }) => [label, value] as const);
  return `${head}\n${pairs(rows, "  ")}`;
}
