import type { Translated } from "../types.ts";

export const conflict: Translated<"conflict"> = {
  low: "Низька",
  high: "Висока",
  critical: "Критична",
  against: "проти",
  undecided: "Не вдалося вирішити, тому вважається конфліктом.",
  overlaps: "Вони перекриваються на місцевості.",
  within: "Вони зближуються до {$distance}.",
  "height-gap": "За висотою їх розділяє {$distance}.",
  asked: "Надто близько те, що не далі {$lateral} за місцем, {$vertical} за висотою і {$time} за часом, усе разом.",
  "any-height": "будь-яка висота",
  "rule-pair": "Правило для {$plan} проти {$against}.",
  "rule-default": "Правило за замовчуванням.",
  anything: "будь-що",
  "undecided-height-datum": "Дві висоти відлічено від різного.",
  "undecided-footprint-invalid": "Контур накреслено неправильно.",
};
