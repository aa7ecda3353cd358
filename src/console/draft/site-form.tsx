import { ChoiceField, Group, WordsField } from "../view/fields.tsx";
import { codeOptions } from "./codes.ts";
import { type FieldsProps, type Form, need, optional, wholeOrNull, wordsOrNull } from "./form.ts";
import { CoordinateField, NumberField, readNumber, readPosition, readTime, TimeField } from "./place-fields.tsx";

interface Site {
  readonly category: string;
  readonly name: string;
  readonly nameLang: string;
  readonly centre: string;
  readonly radius: string;
  readonly country: string;
  readonly governorate: string;
  readonly district: string;
  readonly locality: string;
  readonly people: string;
  readonly verifiedBy: string;
  readonly verifiedAt: string;
  readonly validUntil: string;
  readonly remarks: string;
}

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "ar", label: "Arabic" },
  { value: "ckb", label: "Kurdish (Sorani)" },
  { value: "fa", label: "Persian" },
  { value: "fr", label: "French" },
];

function Fields({ value, set }: FieldsProps<Site>) {
  return (
    <>
      <div className="pair">
        <ChoiceField
          label="What it is"
          value={value.category}
          options={codeOptions("site_category")}
          onChange={(category) => set({ category })}
        />
        <WordsField label="Its name" value={value.name} onChange={(name) => set({ name })} />
        <ChoiceField
          label="Language of the name"
          value={value.nameLang}
          options={LANGUAGES}
          onChange={(nameLang) => set({ nameLang })}
        />
      </div>
      <Group legend="Where">
        <CoordinateField label="Centre" value={value.centre} onChange={(centre) => set({ centre })} />
        <NumberField
          label="Radius of its footprint"
          unit="metres"
          min={1}
          max={20_000}
          value={value.radius}
          onChange={(radius) => set({ radius })}
        />
      </Group>
      <Group legend="Where, in names (checked against the position)">
        <div className="pair">
          <WordsField label="Country" value={value.country} onChange={(country) => set({ country })} />
          <WordsField label="Governorate" value={value.governorate} onChange={(governorate) => set({ governorate })} />
          <WordsField label="District" value={value.district} onChange={(district) => set({ district })} />
          <WordsField label="Locality" value={value.locality} onChange={(locality) => set({ locality })} />
        </div>
      </Group>
      <div className="pair">
        <NumberField
          label="People there"
          unit=""
          min={0}
          max={10_000_000}
          value={value.people}
          onChange={(people) => set({ people })}
        />
        <WordsField label="Verified by" value={value.verifiedBy} onChange={(verifiedBy) => set({ verifiedBy })} />
        <TimeField label="Verified at" value={value.verifiedAt} onChange={(verifiedAt) => set({ verifiedAt })} />
        <TimeField label="Confirmed until" value={value.validUntil} onChange={(validUntil) => set({ validUntil })} />
      </div>
      <p className="fine">
        Past that time it shows as unconfirmed, still to be treated as protected. It never vanishes.
      </p>
      <WordsField label="Remarks" rows={3} value={value.remarks} onChange={(remarks) => set({ remarks })} />
    </>
  );
}

export const SITE_FORM: Form<Site> = {
  empty: () => ({
    category: "hospital",
    name: "",
    nameLang: "en",
    centre: "",
    radius: "150",
    country: "",
    governorate: "",
    district: "",
    locality: "",
    people: "",
    verifiedBy: "",
    verifiedAt: "",
    validUntil: "",
    remarks: "",
  }),
  Fields,
  body: (value) => {
    const place = {
      country: wordsOrNull(value.country),
      governorate: wordsOrNull(value.governorate),
      district: wordsOrNull(value.district),
      locality: wordsOrNull(value.locality),
    };
    return {
      category: value.category,
      footprint: {
        type: "circle",
        centre: need(readPosition(value.centre), "The position"),
        radius_m: need(readNumber(value.radius, 1, 20_000), "The radius"),
      },
      height: null,
      names: value.name.trim() === "" ? [] : [{ lang: value.nameLang, text: value.name.trim() }],
      people: wholeOrNull(value.people, 10_000_000),
      verified_by: wordsOrNull(value.verifiedBy),
      verified_at: optional(readTime(value.verifiedAt)),
      valid_from: null,
      valid_until: optional(readTime(value.validUntil)),
      place: Object.values(place).every((part) => part === null) ? null : place,
      precision_m: null,
      source_id: null,
      remarks: value.remarks.trim(),
    };
  },
};
