/** What a step of the doctor came upon: its name and figures, and the sentence of the command line. */
import type { DoctorStep } from "../api/index.ts";

type Name = NonNullable<DoctorStep["found"]>["name"];
type Figures = Readonly<Record<string, string | number>>;

export interface Found {
  readonly name: Name;
  readonly figures: Figures;
  readonly message: string;
}

const iso = (at: number): string => new Date(at).toISOString();

/** One sentence for each; the console has the same in every language (`words/en/doctor.ts`). */
const SENTENCES = {
  entries: ({ count }: { readonly count: number }) => `${count} entries in this party's log`,
  "may-speak": () => "it may speak",
  sealed: () => "encrypted",
  unsealed: () => "The stores are not encrypted.",
  "keys-newest": () => "they are the ones in the newest roster",
  "tls-none": () => "the roster names none",
  "tls-newest": () => "the one in the newest roster is shown",
  "tls-pending": ({ parties }: { readonly parties: string }) =>
    `The TLS key before is still shown: ${parties} has not yet received the roster with the new one.`,
  "clock-at": ({ at }: { readonly at: number }) => iso(at),
  "clock-early": ({ at }: { readonly at: number }) =>
    `This machine says that it is ${iso(at)}, before the line was founded.`,
  "in-force": () => "in force",
  answers: ({ address }: { readonly address: string }) => `${address} answers`,
  elsewhere: ({ own, address }: { readonly own: string; readonly address: string }) =>
    `parley.toml says ${own}, and our roster tells the others ${address}.`,
  silent: ({ address }: { readonly address: string }) => `${address} does not answer from this machine.`,
  "siren-none": () => "none is set up: without an open page nothing sounds (docs/watch.md)",
  "siren-ready": ({ how }: { readonly how: string }) => `${how}, not rung yet`,
  "siren-rung": ({ how, at }: { readonly how: string; readonly at: number }) => `${how}, rung at ${iso(at)}`,
  "cosigned-none": () => "nothing cosigned yet",
  cosigned: ({ size, held, at }: { readonly size: number; readonly held: number; readonly at: number }) =>
    `${size} of ${held} entries cosigned at ${iso(at)}`,
  witnessing: ({ count, key }: { readonly count: number; readonly key: string }) =>
    `of ${count} ${count === 1 ? "log" : "logs"}, with the key ${key}`,
  address: ({ address }: { readonly address: string }) => address,
  resolved: ({ name, address }: { readonly name: string; readonly address: string }) => `${name} is ${address}`,
  connects: ({ address }: { readonly address: string }) => `${address} takes connections`,
  unreachable: ({ address, why }: { readonly address: string; readonly why: string }) =>
    `Nothing listens at ${address} (${why}).`,
  "tls-named": () => "with the TLS key that its roster names",
  "in-clear": () => "on this machine, in the clear",
  exchanged: () => "its parcel opened, by the keys of both rosters",
  held: ({ count }: { readonly count: number }) => `${count} entries held`,
  "quota-taken": ({ party, bytes, at }: { readonly party: string; readonly bytes: number; readonly at: number }) =>
    `${party} has sent more than the charter allows a day (${bytes} bytes were taken): nothing more until ${iso(at)}.`,
  "quota-held": ({ party, at }: { readonly party: string; readonly at: number }) =>
    `${party} takes nothing more of our log until ${iso(at)}.`,
  "clock-ahead": ({ seconds }: { readonly seconds: number }) => `${seconds} s ahead of this one`,
  "clock-behind": ({ seconds }: { readonly seconds: number }) => `${seconds} s behind this one`,
  receipted: ({ count }: { readonly count: number }) => `for all ${count} entries of this party's log`,
  "receipts-owed": ({ party, held, size }: { readonly party: string; readonly held: number; readonly size: number }) =>
    `${party} has receipted ${held} of ${size} entries.`,
  "call-none": () => "none echoed yet",
  "call-echoed": ({ at }: { readonly at: number }) => `echoed at ${iso(at)}`,
  "call-missed": ({ party, at }: { readonly party: string; readonly at: number }) =>
    `${party} has not echoed the test call of ${iso(at)}.`,
} as const satisfies Record<Name, (figures: never) => string>;

type Sentences = typeof SENTENCES;

export function found<N extends Name>(name: N, ...[figures]: Parameters<Sentences[N]>): Found {
  const sentence = SENTENCES[name] as (given: Figures) => string;
  const given: Figures = figures ?? {};
  return { name, figures: given, message: sentence(given) };
}
