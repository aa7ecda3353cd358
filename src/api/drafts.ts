/** Drafts: what officers prepare, and the one door through which it becomes a message. */
import { z } from "zod";
import { kind, re } from "./messages.ts";
import {
  base64,
  conflict,
  draftId,
  finding,
  hash,
  jsonObject,
  listId,
  more,
  officer,
  party,
  position,
  rendered,
  size,
  time,
  words,
} from "./shapes.ts";

/** What one draft holds: so many items, of so many bytes of JSON in all, under a name of so many characters. */
export const LIST_LIMITS = { items: 10_000, bytes: 40 << 20, name: 120 };

export const draftItemRequest = z
  .strictObject({
    kind,
    subject: z.string().min(1).max(200),
    body: jsonObject,
    re: re.optional(),
    expires_at: time.nullable().optional(),
    lang: z.string().min(2).max(35).optional(),
    seen_answer: hash.nullable().optional().meta({
      description: "Of an answer: this party's last answer that the officer saw; refused where there is another",
    }),
    findings: z.array(finding).max(50).optional().meta({ description: "What intake found where it was brought in" }),
  })
  .meta({ id: "DraftItemRequest" });

export const draftRequest = z
  .strictObject({
    items: z.array(draftItemRequest).min(1).max(LIST_LIMITS.items),
    list_name: z
      .string()
      .min(1)
      .max(LIST_LIMITS.name)
      .nullable()
      .optional()
      .meta({ description: "Given: the items are one list" }),
    list: listId
      .nullable()
      .optional()
      .meta({ description: "This party's own list, whose difference this is: what supersedes nothing is added to it" }),
    sole_reason: z
      .string()
      .min(1)
      .max(500)
      .nullable()
      .optional()
      .meta({ description: "Why there is no second officer, where the charter allows" }),
  })
  .meta({ id: "DraftRequest" });

/** Conflicts that are sent with one draft: the worst of them, and how many there are in all. */
export const MOST_DRAFT_CONFLICTS = 500;

/** One thing that the other side would learn by a release. */
export const learned = z
  .strictObject({
    field: z.string(),
    label: z.string(),
    value: z.string(),
    known: z.enum(["new", "told", "public"]),
    where: z.string().nullable().meta({ description: "The message or statement that says it already" }),
  })
  .meta({ id: "Learned" });

export const draftItem = z
  .strictObject({
    bytes: base64.meta({ description: "The very bytes to be signed" }),
    hash,
    kind,
    subject: z.string(),
    re: re.nullable(),
    rendered,
    findings: z.array(finding),
    conflicts: z.array(conflict).meta({ description: `The worst; of a whole draft at most ${MOST_DRAFT_CONFLICTS}` }),
    conflicts_count: size.meta({ description: "In all" }),
    learn: z.array(learned),
  })
  .meta({ id: "DraftItem" });

export const DRAFT_STATES = ["unsigned", "signed", "released", "refused"] as const;

const draftFields = {
  id: draftId,
  state: z.enum(DRAFT_STATES),
  needs: z.union([z.literal(1), z.literal(2)]).meta({ description: "How many officers its release takes" }),
  created_at: time,
  drafted_by: officer,
  list_name: z.string().nullable(),
  sole_reason: z.string().nullable(),
  refused: z.strictObject({ by: officer, at: time, reason: words }).nullable(),
};

export const draftSummary = z
  .strictObject({
    ...draftFields,
    count: size,
    kind,
    subject: z.string(),
    warnings: size.meta({ description: "Findings that a releaser must confirm" }),
    conflicts: size,
  })
  .meta({ id: "DraftSummary" });

export const draft = z
  .strictObject({
    ...draftFields,
    recipients: z.array(z.strictObject({ party, name: z.string() })),
    items: z.array(draftItem),
    signatures: z.array(base64).nullable().meta({ description: "The drafter's, one an item; null where unsigned" }),
    released: z.array(z.strictObject({ hash, index: size })).nullable(),
    re_key: z
      .strictObject({
        required: z.boolean().meta({ description: "This node releases nothing before it is done" }),
        items: z
          .array(size)
          .meta({ description: "Places in `items`, chosen by the node; empty where there is nothing to enter" }),
      })
      .meta({ description: "What the releaser enters again from the source" }),
    conflicts_count: size.meta({ description: "In all; the items hold the worst of them" }),
    since: z
      .strictObject({
        heard: size.meta({ description: "Messages of others that came since it was drafted" }),
        conflicts: size.meta({ description: "Of its conflicts, those with what was told or planned since" }),
        ended: z.array(hash).meta({ description: "What it answers or replaces, and is no longer in force" }),
      })
      .meta({ description: "What has changed since it was drafted" }),
  })
  .meta({ id: "Draft" });

/** What one message would meet, looked at while it is written; nothing of it is kept. */
export const checkedReply = z
  .strictObject({
    findings: z.array(finding),
    conflicts: z.array(conflict).meta({ description: `The worst, at most ${MOST_DRAFT_CONFLICTS}` }),
    conflicts_count: size.meta({ description: "In all" }),
  })
  .meta({ id: "Checked" });

const scratchFields = {
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .meta({ description: "Chosen by the officer's page" }),
  kind,
  subject: z.string().max(200),
  form: jsonObject.meta({ description: "The form's own fields" }),
};
export const scratch = z
  .strictObject({ ...scratchFields, saved_at: time })
  .meta({ id: "Scratch", description: "What this officer has begun to write and not yet drafted" });
export const scratchRequest = z.strictObject(scratchFields);
export const scratchesReply = z.strictObject({
  items: z.array(scratch).meta({ description: "The last touched first" }),
});

export const draftsReply = z.strictObject({
  drafts: z.array(draftSummary).meta({ description: "Newest first" }),
  more,
});
export const signRequest = z.strictObject({ signatures: z.array(base64).min(1).max(LIST_LIMITS.items) });
/** What a releaser entered again from the source: as in a read-back, each field by its path in the body. */
export const reKeyed = z.strictObject({
  item: size.meta({ description: "Its place among the draft's items" }),
  entries: z
    .array(
      z.strictObject({
        field: z.string().max(200),
        position: position.nullable(),
        at: time.nullable(),
        height_m: z.number().nullable(),
      }),
    )
    .max(100),
});
export const releaseRequest = z.strictObject({
  signatures: z.array(base64).min(1).max(LIST_LIMITS.items),
  confirmed_findings: z.boolean().optional(),
  re_keyed: z.array(reKeyed).max(20).optional(),
});
export const releaseReply = z.strictObject({ released: z.array(z.strictObject({ hash, index: size })) });
export const refuseRequest = z.strictObject({ reason: words.min(1) });

export type Draft = z.output<typeof draft>;
export type DraftItem = z.output<typeof draftItem>;
export type DraftSummary = z.output<typeof draftSummary>;
export type DraftRequest = z.input<typeof draftRequest>;
export type DraftItemRequest = z.input<typeof draftItemRequest>;
export type ReKeyed = z.output<typeof reKeyed>;
export type Scratch = z.output<typeof scratch>;
export type Learned = z.output<typeof learned>;
