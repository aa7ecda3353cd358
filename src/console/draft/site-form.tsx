import { ChoiceField, Group, WordsField } from "../view/fields.tsx";
import { LANGUAGE_LIST, LANGUAGES } from "../words/languages.ts";
import { useWords } from "../words/say.tsx";
import { codeOptions } from "./codes.ts";
import { ShapeFields } from "./circle-fields.tsx";
import {
  drawnText,
  EMPTY_SHAPE,
  type FieldsProps,
  footprintOf,
  type Form,
  numberText,
  optional,
  shapeText,
  type ShapeText,
  timeText,
  wholeOrNull,
  wordsOrNull,
} from "./form.ts";
import { NumberField, readTime, TimeField } from "./place-fields.tsx";

interface Site extends ShapeText {
  readonly category: string;
  readonly name: string;
  readonly nameLang: string;
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

/** Each by its own name for itself. */
const NAME_LANGUAGES = LANGUAGE_LIST.map((value) => ({ value, label: LANGUAGES[value].name }));

function Fields({ value, set }: FieldsProps<Site>) {
  const { t, phrases } = useWords();
  return (
    <>
      <div className="pair">
        <ChoiceField
          label={t("write.what-it-is")}
          value={value.category}
          options={codeOptions("site_category", phrases)}
          onChange={(category) => set({ category })}
        />
        <WordsField label={t("write.its-name")} value={value.name} onChange={(name) => set({ name })} />
        <ChoiceField
          label={t("write.name-language")}
          value={value.nameLang}
          options={NAME_LANGUAGES}
          onChange={(nameLang) => set({ nameLang })}
        />
      </div>
      <Group legend={t("write.where")}>
        <ShapeFields value={value} set={set} />
      </Group>
      <Group legend={t("write.where-named")}>
        <div className="pair">
          <WordsField label={t("write.country")} value={value.country} onChange={(country) => set({ country })} />
          <WordsField
            label={t("write.governorate")}
            value={value.governorate}
            onChange={(governorate) => set({ governorate })}
          />
          <WordsField label={t("write.district")} value={value.district} onChange={(district) => set({ district })} />
          <WordsField label={t("write.locality")} value={value.locality} onChange={(locality) => set({ locality })} />
        </div>
      </Group>
      <CareFields value={value} set={set} />
    </>
  );
}

function CareFields({ value, set }: FieldsProps<Site>) {
  const { t } = useWords();
  return (
    <>
      <div className="pair">
        <NumberField
          label={t("write.people-there")}
          unit={null}
          min={0}
          max={10_000_000}
          value={value.people}
          onChange={(people) => set({ people })}
        />
        <WordsField
          label={t("write.verified-by")}
          value={value.verifiedBy}
          onChange={(verifiedBy) => set({ verifiedBy })}
        />
        <TimeField
          label={t("write.verified-at")}
          value={value.verifiedAt}
          onChange={(verifiedAt) => set({ verifiedAt })}
        />
        <TimeField
          label={t("write.confirmed-until")}
          value={value.validUntil}
          onChange={(validUntil) => set({ validUntil })}
        />
      </div>
      <p className="fine">{t("write.unconfirmed-note")}</p>
      <WordsField label={t("write.remarks")} rows={3} value={value.remarks} onChange={(remarks) => set({ remarks })} />
    </>
  );
}

export const SITE_FORM: Form<Site, "site"> = {
  empty: (_, __, drawn) => ({
    category: "hospital",
    name: "",
    nameLang: "en",
    ...EMPTY_SHAPE,
    radius: "150",
    ...drawnText(drawn),
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
  of: ({ category, footprint, names: [name], people, place, ...site }) => ({
    category,
    name: name?.text ?? "",
    nameLang: name?.lang ?? "en",
    ...shapeText(footprint),
    country: place?.country ?? "",
    governorate: place?.governorate ?? "",
    district: place?.district ?? "",
    locality: place?.locality ?? "",
    people: numberText(people),
    verifiedBy: site.verified_by ?? "",
    verifiedAt: timeText(site.verified_at),
    validUntil: timeText(site.valid_until),
    remarks: site.remarks,
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
      footprint: footprintOf(value),
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
