/**
 * Cuts the features out of a FeatureCollection as its text arrives, so that no more than one of them is ever held. What
 * is left, with its features gone, is the root and must be JSON by itself.
 */
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d] as const;

export class FeatureScanner {
  #root = "";
  #element = "";
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The last string of the root's own level, which is a name where a colon follows. */
  #name = "";
  #inFeatures = false;
  /** An element has begun, at depth 2 or below. */
  #inElement = false;
  #expects: "first" | "element" | "separator" = "first";
  /** Where the text that is not yet kept begins, in the piece that is being read. */
  #from = 0;

  /** The elements of `features` that ended in this piece, each as text. Throws geojson-malformed. */
  push(text: string): string[] {
    const elements: string[] = [];
    this.#from = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (this.#inString) {
        this.#stringCharacter(code, text, i);
        continue;
      }
      if (this.#inFeatures && this.#depth === 2) this.#amongFeatures(code, text, i, elements);
      if (code === QUOTE) this.#openString();
      else if (code === OPEN_OBJECT || code === OPEN_LIST) this.#open(code, text, i);
      else if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.#close(text, i, elements);
    }
    this.#keep(text.slice(this.#from));
    return elements;
  }

  /** The root with an empty `features`. Throws geojson-malformed. */
  end(): string {
    if (this.#depth !== 0 || this.#inString) throw malformed("it ends in the middle");
    return this.#root;
  }

  #stringCharacter(code: number, text: string, i: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (code === BACKSLASH) this.#escaped = true;
    else if (code === QUOTE) this.#inString = false;
    if (this.#depth === 1 && this.#inString && this.#name.length < 20) this.#name += text.charAt(i);
  }

  #openString(): void {
    this.#inString = true;
    if (this.#depth === 1) this.#name = "";
  }

  #open(code: number, text: string, i: number): void {
    this.#depth += 1;
    if (this.#depth > LIMITS.depth) throw malformed(`it is nested more than ${LIMITS.depth} deep`);
    if (this.#depth !== 2 || code !== OPEN_LIST || this.#name !== "features") return;
    this.#keep(text.slice(this.#from, i + 1));
    this.#from = i + 1;
    this.#inFeatures = true;
    this.#expects = "first";
  }

  #close(text: string, i: number, elements: string[]): void {
    this.#depth -= 1;
    if (this.#inFeatures && this.#depth === 1) {
      if (this.#expects === "element") throw malformed("a comma stands after the last feature");
      this.#inFeatures = false;
      this.#from = i;
    } else if (this.#inElement && this.#depth === 2) this.#finish(text, i + 1, elements);
  }

  /** White space, commas, and the first and last characters of elements. */
  #amongFeatures(code: number, text: string, i: number, elements: string[]): void {
    const isSpace = code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
    if (isSpace || code === COMMA || code === CLOSE_LIST) {
      if (this.#inElement) this.#finish(text, i, elements);
      if (code !== COMMA) return;
      if (this.#expects !== "separator") throw malformed("a comma stands where a feature should");
      this.#expects = "element";
    } else if (!this.#inElement) {
      if (this.#expects === "separator") throw malformed("a comma between two features is missing");
      this.#inElement = true;
      this.#expects = "separator";
      this.#from = i;
    }
  }

  #finish(text: string, to: number, elements: string[]): void {
    this.#keep(text.slice(this.#from, to));
    elements.push(this.#element);
    this.#element = "";
    this.#inElement = false;
    this.#from = to;
  }

  /** Separators between the features are dropped: `#amongFeatures` has looked at them. */
  #keep(text: string): void {
    if (this.#inElement) this.#element += text;
    else if (!this.#inFeatures) this.#root += text;
    if (this.#element.length > LIMITS.record) throw malformed("one feature is larger than anything that is read");
    if (this.#root.length > LIMITS.whole_bytes) throw malformed("its root is larger than anything that is read");
  }
}

function malformed(why: string) {
  return intakeError("geojson-malformed", `The file is not well-formed GeoJSON: ${why}.`);
}
