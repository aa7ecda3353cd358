import { list, nullable, record } from "../compose.ts";
import { code, count, instant, language, line, metres, words } from "../field.ts";
import { footprint, heightBand } from "../place.ts";

/** What must not be hit. It has no end: past `valid_until` it is unconfirmed, and still to be treated as protected. */
export const SITE = record({
  category: code("site_category"),
  footprint: footprint(),
  height: nullable(heightBand()),
  names: list(
    record(
      { lang: language(), text: line(200) },
      { show: ({ lang, text }, speaker) => `${speaker.said(text)} (${lang})` },
    ),
    0,
    16,
  ),
  people: nullable(count(0, 10_000_000)),
  verified_by: nullable(line(200)),
  verified_at: nullable(instant()),
  valid_from: nullable(instant()),
  valid_until: nullable(instant()),
  /** Where its author says that it is, in names, against which its position is checked. */
  place: nullable(
    record({
      country: nullable(line(120)),
      governorate: nullable(line(120)),
      district: nullable(line(120)),
      locality: nullable(line(200)),
    }),
  ),
  /** Coarsened to this; null where the position is as the author knows it. */
  precision_m: nullable(metres(0, 1_000_000)),
  /** Its number in the author's own list. */
  source_id: nullable(line(64)),
  remarks: words(2000),
});
