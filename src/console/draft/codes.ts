import { type CodeList, CODES, type Phrasebook, phraseOf } from "../../message/index.ts";
import type { Option } from "../view/fields.tsx";

/** The values of a closed list, in the phrasebook's words. */
export function codeOptions<List extends CodeList>(list: List, phrases: Phrasebook): readonly Option[] {
  return CODES[list].map((code) => ({ value: code, label: phraseOf(list, code as never, phrases) }));
}
