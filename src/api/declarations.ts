/** What parties declare beside their rosters, under their identity keys. */
import { z } from "zod";
import { base64, code, hash, officer, origin, party, size, time } from "./shapes.ts";

export const DECLARES = ["revocation", "successor", "succession", "leaving"] as const;

export const declaration = z
  .strictObject({
    party,
    origin,
    index: size.meta({ description: "Where it stands in that log" }),
    declares: z.enum(DECLARES),
    officers: z
      .array(officer)
      .meta({ description: "Of a revocation: the names that the key had in the party's rosters" }),
    fingerprint: z
      .string()
      .nullable()
      .meta({ description: "Of the key that it revokes, names or goes over to; null where the party leaves" }),
    from: z
      .strictObject({ origin, index: size })
      .nullable()
      .meta({ description: "Of a revocation: from this entry on the key counts for nothing" }),
    revoked: z.array(hash).meta({ description: "Of a revocation: the messages held here that count no more by it" }),
    reason: code.nullable(),
    at: time.meta({ description: "By that party's clock" }),
    bytes: base64,
    signature: base64,
  })
  .meta({ id: "Declaration" });

export const declarations = z.strictObject({ declarations: z.array(declaration) });
export const declarationRequest = z.strictObject({ bytes: base64, signature: base64 });

export type DeclarationReply = z.output<typeof declaration>;
