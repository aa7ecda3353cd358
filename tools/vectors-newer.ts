/** Writes `vectors/newer.json`: what a later version may write, and what a reader of this one makes of it. The same bytes each time. */
import { writeFileSync } from "node:fs";
import { LINE, NORTHERN, sample, SOUTHERN_LOG } from "../test/message/samples.ts";
import { encodeMessage } from "../src/message/index.ts";
import { fromHex, toHex } from "../src/wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../src/wire/cbor.ts";

const AT = 1_700_000_000_000;
const bytesOf = (value: unknown): string => toHex(encodeCbor(value as never));

/** A message of today with parts of it as a later version might have them. */
const message = decodeCbor(encodeMessage(sample("text")), 65_536) as readonly unknown[];
const withPart = (at: number, part: unknown) => bytesOf(message.map((each, i) => (i === at ? part : each)));
const messages = [
  { why: "a later version of messages", bytes: withPart(0, 2) },
  { why: "another suite", bytes: withPart(1, 2) },
  {
    why: "a kind that is not known, with a body of its own",
    bytes: bytesOf(message.map((each, i) => (i === 6 ? "mediation" : i === 16 ? { who: "x" } : each))),
  },
  {
    why: "a later version of a kind, with a field more",
    bytes: bytesOf(message.map((each, i) => (i === 7 ? 2 : i === 16 ? { words: "Words.", tone: "calm" } : each))),
  },
  { why: "a later version of messages, with a part more", bytes: bytesOf([2, ...message.slice(1), "more"]) },
].map((each) => ({ ...each, code: "message-newer" }));

const contents = [
  { why: "a type that is not known", bytes: bytesOf([9, new Uint8Array(3), { any: true }]), code: "message-newer" },
  { why: "a type that is not known, with no more parts", bytes: bytesOf([1000]), code: "message-newer" },
];

const notice = (version: number, items: readonly unknown[], ...more: unknown[]) =>
  bytesOf([version, fromHex(LINE, 32), NORTHERN, AT, true, items, ...more]);
const opened = ["opened", SOUTHERN_LOG, 3, 9];
const notices = [
  {
    why: "what a node understands",
    bytes: notice(2, [["understands", ["closings", "narrow", "later"]]]),
    items: ["understands"],
    code: null,
  },
  {
    why: "a code that is not known beside one that is",
    bytes: notice(2, [["weather", { wind: 3 }], opened]),
    items: ["newer", "opened"],
    code: null,
  },
  {
    why: "a reason that is not known",
    bytes: notice(2, [["refused", SOUTHERN_LOG, 4, "out-of-season"], opened]),
    items: ["newer", "opened"],
    code: null,
  },
  {
    why: "a code that is not known in a notice of the first version",
    bytes: notice(1, [["weather", 1], opened]),
    items: null,
    code: "notice-malformed",
  },
  {
    why: "a known code with other parts",
    bytes: notice(2, [["opened", SOUTHERN_LOG, 3]]),
    items: null,
    code: "notice-malformed",
  },
  {
    why: "free text in place of a code",
    bytes: notice(2, [["Call me at once", 1]]),
    items: null,
    code: "notice-malformed",
  },
  { why: "a later version of notices", bytes: notice(3, [opened], "more"), items: null, code: "message-newer" },
];

const page = { spec: "spec/parcel.md", messages, contents, notices };
writeFileSync(new URL("../vectors/newer.json", import.meta.url), `${JSON.stringify(page, null, 2)}\n`);
