import { ChoiceField, Group } from "../view/fields.tsx";
import { useWords } from "../words/say.tsx";
import type { CircleText, FieldsProps } from "./form.ts";
import { CoordinateField, NumberField, TimeField } from "./place-fields.tsx";

const DATUMS = ["AGL", "AMSL", "WGS84"] as const;

/** A circle, its window and its height band. Empty times and heights mean: without bound. */
export function CircleFields({ value, set, heights = true }: FieldsProps<CircleText> & { readonly heights?: boolean }) {
  const { t } = useWords();
  return (
    <>
      <Group legend={t("write.where")}>
        <CoordinateField label={t("write.centre")} value={value.centre} onChange={(centre) => set({ centre })} />
        <div className="pair">
          <NumberField
            label={t("write.radius")}
            unit="metres"
            min={1}
            max={500_000}
            value={value.radius}
            onChange={(radius) => set({ radius })}
          />
        </div>
      </Group>
      <Group legend={t("write.when")}>
        <div className="pair">
          <TimeField label={t("write.from")} value={value.start} onChange={(start) => set({ start })} />
          <TimeField label={t("write.until")} value={value.end} onChange={(end) => set({ end })} />
        </div>
      </Group>
      {heights ? (
        <Group legend={t("write.heights")}>
          <div className="pair">
            <NumberField
              label={t("write.from")}
              unit="metres"
              min={-1000}
              max={100_000}
              value={value.lower}
              onChange={(lower) => set({ lower })}
            />
            <NumberField
              label={t("write.to")}
              unit="metres"
              min={-1000}
              max={100_000}
              value={value.upper}
              onChange={(upper) => set({ upper })}
            />
            <ChoiceField
              label={t("write.measured")}
              value={value.datum}
              options={DATUMS.map((datum) => ({ value: datum, label: t(`write.${datum}`) }))}
              onChange={(datum) => set({ datum: datum as CircleText["datum"] })}
            />
          </div>
        </Group>
      ) : null}
    </>
  );
}
