/** What a language must have. A missing or an unknown phrase does not compile. */
import type { Footprint, HeightBand, Position, TimeWindow, Volume } from "../../geo/index.ts";
import type { Body } from "../bodies.ts";
import type { Code, CodeList, Kind } from "../codes.ts";
import type { Speaker } from "../field.ts";
import type { Relation } from "../message.ts";

type Whole = string | number | boolean | null | Position | Footprint | HeightBand | TimeWindow | Volume;
type Named<T> = T extends Whole ? never : T extends readonly (infer Item)[] ? Named<Item> : NamedMembers<T>;
type NamedMembers<T> = (keyof T & string) | Named<T[keyof T]>;
/** The name of every field of every body, however deep. */
export type FieldName = Named<Body>;

export interface Phrasebook extends Omit<Speaker, "code" | "field" | "figures" | "said"> {
  readonly dir: "ltr" | "rtl";
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly codes: { readonly [List in CodeList]: Readonly<Record<Code<List>, string>> };
  readonly relations: Readonly<Record<Relation, string>>;
  readonly envelope: {
    readonly from: string;
    readonly subject: string;
    readonly at: string;
    readonly expires: string;
    readonly list: string;
    /** Between a place in a list and its size. */
    readonly of: string;
    readonly lang: string;
    readonly sole_reason: string;
  };
  readonly exercise: string;
  /** Stands on every screen and print of a site or a movement. */
  readonly for_information: string;
  /** Stands on a warning. */
  readonly no_consent: string;
  readonly lapsed: string;
  readonly stale: string;
}
