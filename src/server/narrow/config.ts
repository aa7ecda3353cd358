/** The part of `parley.toml` about a narrow link (docs/operations.md). */
import { z } from "zod";
import type { Listen } from "../config.ts";

export interface NarrowConfig {
  /** Where datagrams come in. */
  readonly listen: Listen;
  /** Where others send theirs: it goes to them in parcels. */
  readonly address: Listen;
  /** What the link takes, headers included; the node sends no faster. */
  readonly bitsPerSecond: number;
}

/** `place` is the schema of an address and a port. */
export const narrowSchema = (place: z.ZodType<string>) =>
  z.strictObject({
    listen: place,
    address: place,
    bits_per_second: z.int().min(300).max(10_000_000).default(2400),
  });

type Given = z.output<ReturnType<typeof narrowSchema>>;

export function narrowOf({ listen, address, bits_per_second }: Given, read: (text: string) => Listen): NarrowConfig {
  return { listen: read(listen), address: read(address), bitsPerSecond: bits_per_second };
}

export function formatNarrow({ listen, address, bitsPerSecond }: NarrowConfig, show: (place: Listen) => string): Given {
  return { listen: show(listen), address: show(address), bits_per_second: bitsPerSecond };
}
