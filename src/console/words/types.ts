/**
 * The types of the words, all drawn from the English files: their keys, and what each message asks for. A key that is
 * not there, an argument that is missing or has another name, and a language without an entry do not compile.
 */
import type { Phrasebook } from "../../message/index.ts";
import type * as english from "./en/index.ts";
import type { Listed } from "./speaker.ts";

type English = typeof english;
export type Section = keyof English;

/** One section in another language: the same keys, each a message in MessageFormat 2. */
export type Translated<S extends Section> = { readonly [K in keyof English[S]]: string };
/** All that one language says. */
export type Book = { readonly [S in Section]?: Translated<S> };

/** `inbox.title`. */
export type Key = { [S in Section]: `${S}.${keyof English[S] & string}` }[Section];

type Message<K extends Key> = K extends `${infer S extends Section}.${infer Name}`
  ? Name extends keyof English[S]
    ? English[S][Name] & string
    : never
  : never;

/** What stands in the braces of each variable: `count :integer`, `name`. */
type Placeholder<M extends string> = M extends `${string}{$${infer Inside}}${infer Rest}`
  ? Inside | Placeholder<Rest>
  : never;
type NameOf<P extends string> = P extends `${infer Name} ${string}` ? Name : P;
type Numeric<P extends string> = P extends `${string} :${string}` ? NameOf<P> : never;
type ArgumentsOf<P extends string, Text> = { readonly [Name in NameOf<P>]: Name extends Numeric<P> ? number : Text };

/** What must be given with a key: numbers where the message formats one, otherwise `Text`. */
export type Arguments<K extends Key, Text> = ArgumentsOf<Placeholder<Message<K>>, Text>;
/** The arguments as the rest of a parameter list: none where the message has none. */
export type Given<K extends Key, Text> = keyof Arguments<K, Text> extends never ? [] : [given: Arguments<K, Text>];

/** `t("inbox.title")`, `t("inbox.waiting", { count: 3 })`. */
export type Translate = <K extends Key>(key: K, ...given: Given<K, string | Listed>) => string;
/** A sentence that is not said yet, because whoever made it does not know the reader's language. */
export type Said = (t: Translate, has: (key: string) => key is Key, phrases: Phrasebook) => string;
