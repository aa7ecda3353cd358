/** What is found against a draft or a row of a file (spec/import.md): the catalogue of the command line too. */
import { FAULT_WORDS, FINDING_WORDS, REASON_WORDS } from "../../../intake/words/english.ts";

export const finding = { ...FINDING_WORDS, row: "Row {$row :integer useGrouping=never}:" } as const;
export const reason = REASON_WORDS;
export const fault = FAULT_WORDS;
