import type { Translated } from "../types.ts";

export const inbox: Translated<"inbox"> = {
  title: "Réception",
  "nothing-waits": "rien n’attend",
  waits:
    ".input {$count :integer} .match $count one {{{$count} attend, la prochaine échéance d’abord}} * {{{$count} attendent, la prochaine échéance d’abord}}",
  empty: "Rien n’attend un officier ici.",
  waiting: "En attente",
  told: "Dit et entendu",
  "more-of-list":
    ".input {$count :integer} .match $count one {{et {$count} autre de sa liste}} * {{et {$count} autres de sa liste}}",
  "waiting-for-release": "En attente de libération",
  "to-release": "À libérer",
  review: "Examiner",
  "to-confirm": "{$count :integer} à confirmer",
  messages: ".input {$count :integer} .match $count one {{{$count} message}} * {{{$count} messages}}",
};
