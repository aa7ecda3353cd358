import { ChoiceField, Group, WordsField } from "../view/fields.tsx";
import { useWords } from "../words/say.tsx";
import { type CircleText, type FieldsProps, type HeightText, MAX_RADIUS_M, SHAPES, type ShapeText } from "./form.ts";
import { CoordinateField, NumberField, TimeField } from "./place-fields.tsx";

const DATUMS = ["AGL", "AMSL", "WGS84"] as const;

/** Where something is: a circle, a point, or an area or corridor by its corners, one a line. */
export function ShapeFields({ value, set }: FieldsProps<ShapeText>) {
  const { t } = useWords();
  const isRound = value.shape === "circle" || value.shape === "point";
  return (
    <>
      <ChoiceField
        label={t("write.shape")}
        value={value.shape}
        options={SHAPES.map((shape) => ({ value: shape, label: t(`write.shape-${shape}`) }))}
        onChange={(shape) => set({ shape: shape as ShapeText["shape"] })}
      />
      {isRound ? (
        <CoordinateField label={t("write.centre")} value={value.centre} onChange={(centre) => set({ centre })} />
      ) : (
        <WordsField
          label={t("write.points")}
          hint={t("write.points-hint")}
          rows={5}
          value={value.points}
          onChange={(points) => set({ points })}
        />
      )}
      {value.shape === "circle" ? (
        <Metres label={t("write.radius")} value={value.radius} onChange={(radius) => set({ radius })} />
      ) : null}
      {value.shape === "corridor" ? (
        <Metres label={t("write.width")} value={value.width} onChange={(width) => set({ width })} />
      ) : null}
    </>
  );
}

function Metres(props: { readonly label: string; readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <div className="pair">
      <NumberField {...props} unit="metres" min={1} max={MAX_RADIUS_M} />
    </div>
  );
}

/** A footprint, its window and its height band. Empty times and heights mean: without bound. */
export function CircleFields({ value, set, heights = true }: FieldsProps<CircleText> & { readonly heights?: boolean }) {
  const { t } = useWords();
  return (
    <>
      <Group legend={t("write.where")}>
        <ShapeFields value={value} set={set} />
      </Group>
      <Group legend={t("write.when")}>
        <div className="pair">
          <TimeField label={t("write.from")} value={value.start} onChange={(start) => set({ start })} />
          <TimeField label={t("write.until")} value={value.end} onChange={(end) => set({ end })} />
        </div>
      </Group>
      {heights ? <HeightFields value={value} set={set} /> : null}
    </>
  );
}

/** A height band: empty means all heights. */
export function HeightFields({ value, set }: FieldsProps<HeightText>) {
  const { t } = useWords();
  return (
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
          onChange={(datum) => set({ datum: datum as HeightText["datum"] })}
        />
      </div>
    </Group>
  );
}
