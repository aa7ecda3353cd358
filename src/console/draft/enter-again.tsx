/** Places, times and heights that are entered again without seeing them: by who reads back, and by who releases. */
import type { ReadBackBody, ReadBackEntry, ReadBackField } from "../../message/index.ts";
import { metres } from "../view/conflicts.tsx";
import { duration } from "../view/time.tsx";
import { useWords } from "../words/say.tsx";
import type { Translate } from "../words/types.ts";
import { CoordinateField, NumberField, readNumber, readPosition, readTime, TimeField } from "./place-fields.tsx";

export interface EnterAgainProps {
  readonly fields: readonly ReadBackField[];
  readonly texts: Readonly<Record<string, string>>;
  readonly set: (change: Record<string, string>) => void;
}

export function EnterAgain({ fields, texts, set }: EnterAgainProps) {
  const { t } = useWords();
  return fields.map((field) => {
    const props = {
      label: nameOf(t, field),
      value: texts[field.field] ?? "",
      onChange: (value: string) => set({ [field.field]: value }),
    };
    if (field.type === "position") return <CoordinateField key={field.field} {...props} />;
    if (field.type === "at") return <TimeField key={field.field} {...props} />;
    return <NumberField key={field.field} {...props} unit="metres" min={-20_000} max={1_000_000} />;
  });
}

/** Those that can be read. */
export function entriesOf(
  fields: readonly ReadBackField[],
  texts: Readonly<Record<string, string>>,
): readonly ReadBackEntry[] {
  return fields.map((field) => entryOf(field, texts[field.field] ?? "")).filter((entry) => entry !== null);
}

/** How far what was entered lies from what was told. */
export function offBy(t: Translate, { distance_m, seconds, height_m }: ReadBackBody["differences"][number]): string {
  if (distance_m !== null) return t("readback.away", { distance: metres(t, distance_m) });
  if (seconds !== null) return t("readback.off", { amount: duration(t, seconds * 1000) });
  return height_m === null ? t("readback.not-entered") : t("readback.off", { amount: metres(t, height_m) });
}

function entryOf({ field, type }: ReadBackField, text: string): ReadBackEntry | null {
  const none = { field, position: null, at: null, height_m: null };
  const value =
    type === "position"
      ? readPosition(text).value
      : type === "at"
        ? readTime(text).value
        : readNumber(text, -20_000, 1_000_000).value;
  return value === null ? null : { ...none, [type]: value };
}

/** `route.0.position` as an officer says it. */
export function nameOf(t: Translate, { field, type }: ReadBackField): string {
  const [list = "", index = "0", ...rest] = field.split(".");
  const number = Number(index) + 1;
  if (list === "footprint") return t("readback.volume-place", { number: 1 });
  if (list === "route")
    return t(type === "position" ? "readback.waypoint-place" : "readback.waypoint-time", { number });
  if (type === "position") {
    const last = rest.at(-1) ?? "";
    const isCorner = rest[0] === "footprint" && /^\d+$/.test(last);
    if (!isCorner) return t("readback.volume-place", { number });
    return t("readback.volume-corner", { number, corner: Number(last) + 1 });
  }
  if (type === "height_m") {
    return t(rest.includes("lower_m") ? "readback.volume-lower" : "readback.volume-upper", { number });
  }
  const end = rest.includes("start") ? "start" : rest.includes("end") ? "end" : "time";
  return t(`readback.volume-${end}`, { number });
}
