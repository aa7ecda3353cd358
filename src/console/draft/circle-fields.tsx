import { ChoiceField, Group } from "../view/fields.tsx";
import type { CircleText, FieldsProps } from "./form.ts";
import { CoordinateField, NumberField, TimeField } from "./place-fields.tsx";

const DATUMS = [
  { value: "AGL", label: "above the ground (AGL)" },
  { value: "AMSL", label: "above mean sea level (AMSL)" },
  { value: "WGS84", label: "above the ellipsoid (WGS 84)" },
] as const;

/** A circle, its window and its height band. Empty times and heights mean: without bound. */
export function CircleFields({ value, set, heights = true }: FieldsProps<CircleText> & { readonly heights?: boolean }) {
  return (
    <>
      <Group legend="Where">
        <CoordinateField label="Centre" value={value.centre} onChange={(centre) => set({ centre })} />
        <div className="pair">
          <NumberField
            label="Radius"
            unit="metres"
            min={1}
            max={500_000}
            value={value.radius}
            onChange={(radius) => set({ radius })}
          />
        </div>
      </Group>
      <Group legend="When (empty: without bound)">
        <div className="pair">
          <TimeField label="From" value={value.start} onChange={(start) => set({ start })} />
          <TimeField label="Until" value={value.end} onChange={(end) => set({ end })} />
        </div>
      </Group>
      {heights ? (
        <Group legend="Heights (empty: all heights)">
          <div className="pair">
            <NumberField
              label="From"
              unit="metres"
              min={-1000}
              max={100_000}
              value={value.lower}
              onChange={(lower) => set({ lower })}
            />
            <NumberField
              label="To"
              unit="metres"
              min={-1000}
              max={100_000}
              value={value.upper}
              onChange={(upper) => set({ upper })}
            />
            <ChoiceField
              label="Measured"
              value={value.datum}
              options={DATUMS}
              onChange={(datum) => set({ datum: datum as CircleText["datum"] })}
            />
          </div>
        </Group>
      ) : null}
    </>
  );
}
