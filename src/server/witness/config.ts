/** The parts of `parley.toml` about witnesses: those that this node's log asks, and whether it is one itself. */
import { z } from "zod";
import { nativeSuite } from "../../crypto/native.ts";
import { formatVkey, type NoteKey, parseVkey } from "../../log/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { Listen } from "../config.ts";
import { isHarmless } from "../watch/config.ts";

/** Somebody who is asked to cosign this node's own checkpoints. */
export interface WitnessToAsk {
  /** The submission prefix, without a slash at its end. */
  readonly url: string;
  readonly key: NoteKey;
}

/** This node is a witness of these logs. */
export interface WitnessConfig {
  readonly listen: Listen;
  /** Of its key. */
  readonly name: string;
  /** Several of one name where a log's key has turned over. */
  readonly logs: readonly NoteKey[];
}

const vkeyOf = (type: "note" | "cosignature") =>
  z
    .string()
    .refine(
      (text) => keyFrom(text)?.type === type,
      `is not a verifier key of a ${type === "note" ? "log" : "witness"}`,
    );

const asked = z.strictObject({
  url: z.string().max(1000).refine(isHarmless, "is neither https nor http to this very machine"),
  key: vkeyOf("cosignature"),
});

export const witnessesSchema = z
  .array(asked)
  .max(16)
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, "names a witness twice")
  .default([]);

/** `place` is the schema of an address and a port. */
export const witnessSchema = (place: z.ZodType<string, string>) =>
  z.strictObject({
    listen: place.default("127.0.0.1:7109"),
    name: z.string().regex(/^[^\p{White_Space}\p{Cc}+]{1,256}$/u, "has white space or a plus sign, or is too long"),
    logs: z.array(vkeyOf("note")).min(1).max(1024),
  });

export function witnessesOf(all: z.output<typeof witnessesSchema>): WitnessToAsk[] {
  return all.map(({ url, key }) => ({ url: url.replace(/\/+$/, ""), key: requireKey(key) }));
}

type Given = z.output<ReturnType<typeof witnessSchema>>;

export function witnessOf({ listen, name, logs }: Given, read: (text: string) => Listen): WitnessConfig {
  return { listen: read(listen), name, logs: logs.map(requireKey) };
}

/** As they stand in the file, for what writes it anew. */
export function formatWitnesses(
  asks: readonly WitnessToAsk[],
  own: WitnessConfig | null,
  show: (place: Listen) => string,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  if (own !== null) {
    const logs = own.logs.map((key) => formatVkey(nativeSuite, "note", key));
    values["witness"] = { listen: show(own.listen), name: own.name, logs };
  }
  if (asks.length > 0) {
    values["witnesses"] = asks.map(({ url, key }) => ({ url, key: formatVkey(nativeSuite, "cosignature", key) }));
  }
  return values;
}

function keyFrom(text: string): ReturnType<typeof parseVkey> | null {
  try {
    return parseVkey(nativeSuite, text);
  } catch (error) {
    if (isParleyError(error)) return null;
    throw error;
  }
}

function requireKey(text: string): NoteKey {
  const { name, publicKey } = parseVkey(nativeSuite, text);
  return { name, publicKey };
}
