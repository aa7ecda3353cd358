/** Sign-in and what a node says about itself. */
import { z } from "zod";
import { CLOSING_CAUSES, ROLES, SUSPENSION_REASONS } from "../line/index.ts";
import { base64, carrier, code, hash, jsonObject, officer, origin, party, person, size, time, unit } from "./shapes.ts";

const roles = z.array(z.enum(ROLES));

export const challengeRequest = z.strictObject({ officer });
export const challengeReply = z.strictObject({ challenge: base64, expires_at: time });
export const sessionRequest = z.strictObject({
  officer,
  challenge: base64,
  signature: base64.meta({ description: "COSE_Sign1 over the challenge's bytes, label parley/v1/session" }),
});
export const session = z
  .strictObject({ token: z.string(), officer, person, party, roles, expires_at: time })
  .meta({ id: "Session" });

export const lineState = z.enum(["open", "suspended", "expired", "left"]);

export const nodeFacts = z
  .strictObject({
    party,
    name: z.string(),
    exercise: z.boolean(),
    line: hash,
    line_title: z.string(),
    state: lineState,
    officers: z.array(z.strictObject({ id: officer, roles })),
    version: z.string(),
  })
  .meta({ id: "Node", description: "What a node says before anyone has signed in" });

export const suspension = z
  .strictObject({
    party,
    name: z.string(),
    since: time.meta({ description: "By that party's clock" }),
    reason: z.enum(SUSPENSION_REASONS).nullable(),
  })
  .meta({ id: "Suspension", description: "A party's newest roster says that it has suspended the line" });

export const departure = z
  .strictObject({
    party,
    name: z.string(),
    at: time.meta({ description: "By that party's clock" }),
    reason: z.enum(SUSPENSION_REASONS).nullable(),
  })
  .meta({ id: "Departure", description: "A party has left the line: nothing that it logs after that counts" });

export const way = z
  .strictObject({
    carrier,
    reaches: z.boolean().meta({ description: "It goes to this party, as far as this node knows" }),
    last_sent_at: time.nullable().meta({ description: "When it last took something for that party" }),
    last_heard_at: time.nullable().meta({ description: "When it last brought something of that party" }),
    last_fault: z.strictObject({ code, message: z.string(), at: time }).nullable(),
  })
  .meta({ id: "Way", description: "One carrier between this node and a party" });

export const peerStatus = z
  .strictObject({
    party,
    name: z.string(),
    origin,
    address: z.string().nullable(),
    size: size.meta({ description: "Entries of its log that this node holds" }),
    known_size: size.meta({ description: "The largest size that its log is known to have" }),
    they_hold: size.meta({ description: "Entries of this node's log that it has receipted" }),
    last_exchange_at: time.nullable(),
    last_fault: z.strictObject({ code, message: z.string(), at: time }).nullable(),
    split: z.boolean(),
    understands: z.array(z.string()).nullable().meta({
      description: "What its node says that it knows beyond the first version; null where it has said nothing",
    }),
    ways: z.array(way),
  })
  .meta({ id: "PeerStatus" });

const witnessStatus = z
  .strictObject({
    name: z.string().meta({ description: "Of its verifier key" }),
    url: z.string(),
    size: size.meta({ description: "Entries of this node's log that it has cosigned" }),
    at: time.nullable().meta({ description: "When, by its clock" }),
    fault: z.strictObject({ code, message: z.string(), at: time }).nullable(),
  })
  .meta({ id: "WitnessStatus" });

export const status = z
  .strictObject({
    party,
    name: z.string(),
    line: hash,
    line_title: z.string(),
    charter: hash,
    exercise: z.boolean(),
    state: lineState,
    suspended: z.array(suspension).meta({ description: "While one is here, only sites, alerts and replies flow" }),
    left: z.array(departure),
    expires_at: time.nullable(),
    at: time.meta({ description: "The node's clock" }),
    log: z.strictObject({ origin, size, root: hash }),
    silenced: z
      .strictObject({ code, message: z.string().meta({ description: "In English" }) })
      .nullable()
      .meta({ description: "Why nothing can be said now, such as `log-behind`: whose word is waited for" }),
    peers: z.array(peerStatus),
    witnesses: z
      .array(witnessStatus)
      .meta({ description: "Those that are asked to cosign the own log; nothing waits for them" }),
    counts: z.strictObject({ inbox: size, overdue: size, drafts: size, conflicts: size, plans: size, unopened: size }),
    version: z.string(),
  })
  .meta({ id: "Status" });

/** What the doctor can come upon, beside a fault's code or alone. */
export const DOCTOR_FINDINGS = [
  "entries",
  "may-speak",
  "sealed",
  "unsealed",
  "keys-newest",
  "tls-none",
  "tls-newest",
  "tls-pending",
  "clock-at",
  "clock-early",
  "in-force",
  "answers",
  "elsewhere",
  "silent",
  "siren-none",
  "siren-ready",
  "siren-rung",
  "cosigned-none",
  "cosigned",
  "witnessing",
  "address",
  "resolved",
  "connects",
  "unreachable",
  "tls-named",
  "in-clear",
  "exchanged",
  "held",
  "quota-taken",
  "quota-held",
  "clock-ahead",
  "clock-behind",
  "receipted",
  "receipts-owed",
  "call-none",
  "call-echoed",
  "call-missed",
] as const;

export const doctorStep = z
  .strictObject({
    step: z.string().meta({ description: "What was looked at, such as `node keys` or `reach southern`" }),
    party: party.nullable(),
    outcome: z.enum(["ok", "warning", "failed", "not-tried"]),
    code: code.nullable(),
    found: z
      .strictObject({
        name: z.enum(DOCTOR_FINDINGS),
        figures: z.record(z.string(), z.union([z.string(), z.number()])),
      })
      .nullable()
      .meta({ description: "What `message` says, for whoever says it in another language; `at` is a time" }),
    message: z.string().meta({ description: "In English" }),
    next: z.string().nullable(),
  })
  .meta({ id: "DoctorStep" });
export const doctor = z.strictObject({ ok: z.boolean(), steps: z.array(doctorStep) }).meta({ id: "Doctor" });

export const charterReply = z
  .strictObject({
    line: hash,
    hash,
    bytes: base64,
    signatures: z.array(z.strictObject({ party, signature: base64 })),
    parties: z.array(z.strictObject({ id: party, name: z.string(), fingerprint: z.string() })),
    terms: jsonObject.meta({ description: "The charter in JSON; the bytes are what counts" }),
  })
  .meta({ id: "Charter" });

export const rosterReply = z
  .strictObject({
    party,
    seq: size,
    index: size.nullable().meta({ description: "Where it stands in its party's log; null: from the pairing" }),
    bytes: base64,
    signature: base64,
    officers: z.array(z.strictObject({ id: officer, person, roles, fingerprint: z.string() })),
    units: z.array(z.strictObject({ id: unit, name: z.string() })),
    address: z.string().nullable(),
    standing: z.discriminatedUnion("state", [
      z.strictObject({ state: z.literal("active") }),
      z.strictObject({ state: z.literal("suspended"), since: time, reason: z.enum(SUSPENSION_REASONS).nullable() }),
    ]),
    issued_at: time,
  })
  .meta({ id: "Roster" });
export const closing = z
  .strictObject({
    party,
    generation: size.meta({ description: "The generation of its log that ended" }),
    size: size.meta({ description: "It stands by the entries of that generation below this" }),
    next: size.meta({ description: "The generation that began" }),
    cause: z.enum(CLOSING_CAUSES),
    issued_at: time.meta({ description: "By that party's clock" }),
  })
  .meta({ id: "Closing", description: "A party's identity key ended a generation of its log (spec/closing.md)" });
export const rosters = z.strictObject({
  rosters: z.array(rosterReply),
  closings: z.array(closing).meta({ description: "Generations that ended, oldest first" }),
});
export const rosterRequest = z.strictObject({ bytes: base64, signature: base64 });

export type Session = z.output<typeof session>;
export type NodeFacts = z.output<typeof nodeFacts>;
export type Status = z.output<typeof status>;
export type Suspension = z.output<typeof suspension>;
export type Departure = z.output<typeof departure>;
export type Way = z.output<typeof way>;
export type PeerStatus = z.output<typeof peerStatus>;
export type Doctor = z.output<typeof doctor>;
export type DoctorStep = z.output<typeof doctorStep>;
