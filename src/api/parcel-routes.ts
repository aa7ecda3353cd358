/** Parcels that a person carries from node to node. */
import { z } from "zod";
import type { Route } from "./route.ts";
import { base64, party, size, time } from "./shapes.ts";

const outRequest = z.strictObject({
  to: party,
  after: size
    .optional()
    .meta({ description: "This party's log from there on; by default what that party is not known to hold" }),
});

const carriedOut = z
  .strictObject({
    parcel: base64.meta({ description: "One sealed parcel; a courier's file is one after another" }),
    from: size,
    up_to: size.meta({
      description: "How far this party's log is in it; ask again with this as `after` until it is `own`",
    }),
    own: size,
  })
  .meta({ id: "CarriedOut" });

const carriedIn = z
  .strictObject({
    from: party,
    made_at: time.meta({ description: "When its sender's node says that it was made" }),
    stored: size.meta({ description: "New entries, those of parcels that waited for this one included" }),
    repeated: z.boolean(),
    place: z.enum(["taken", "waits", "bring-again"]).meta({
      description:
        "`waits`: it is kept until what comes before it is here; `bring-again`: there was no room to keep it",
    }),
  })
  .meta({ id: "CarriedIn" });

export type CarriedIn = z.output<typeof carriedIn>;

export const PARCEL_ROUTES = {
  parcelOut: {
    method: "post",
    path: "/api/parcels/out",
    access: "carry parcels",
    body: outRequest,
    reply: carriedOut,
    tag: "carriers",
    summary: "A sealed parcel for one party, for a courier to take along",
  },
  parcelIn: {
    method: "post",
    path: "/api/parcels/in",
    access: "carry parcels",
    body: "bytes",
    reply: carriedIn,
    tag: "carriers",
    summary: "A sealed parcel that a courier brought: in any order, late, or twice",
  },
} as const satisfies Record<string, Route>;
