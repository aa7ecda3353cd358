import { nullable, record } from "../compose.ts";
import { code, day, line, words } from "../field.ts";

/** How far a source, and what it says, are to be believed: A to F, 1 to 6 (AJP-2.1). */
export const grade = record(
  { reliability: code("reliability"), credibility: code("credibility") },
  {
    show: ({ reliability, credibility }, speaker) =>
      `${reliability}${credibility} (${speaker.code("reliability", reliability)}; ${speaker.code("credibility", credibility)})`,
  },
);

/** What a district looked like on a day, as one side sees it. It has no position: never finer than a district. */
export const ASSESSMENT = record({
  country: line(120),
  governorate: line(120),
  district: line(120),
  day: day(),
  control: code("control"),
  held_by: nullable(line(120)),
  confidence: code("confidence"),
  grade,
  origin: code("report_origin"),
  /** Names the underlying report, so that two sides quoting one report are not counted as two. */
  origin_id: nullable(line(120)),
  remarks: words(2000),
});
