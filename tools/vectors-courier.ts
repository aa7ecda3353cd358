/** Writes `vectors/courier.json`. The same bytes each time. */
import { writeFileSync } from "node:fs";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import { codesOf } from "../src/line/index.ts";
import { toHex } from "../src/wire/bytes.ts";

const counted = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7 + 3) % 256);
const series = [1, 2, 440, 441, 1201].map((length) => {
  const bytes = counted(length);
  return { bytes: toHex(bytes), codes: codesOf(suite, bytes) };
});
const [first, second] = codesOf(suite, counted(441)) as [string, string];
const refused = [
  { why: "no code", codes: [] },
  { why: "another first word", codes: [first.replace("PARLEY", "PARCEL"), second] },
  { why: "lower case", codes: [first.toLowerCase(), second] },
  { why: "a leading zero", codes: [first.replace("/1/2/", "/01/2/"), second] },
  { why: "beyond the series", codes: [first, second.replace("/2/2/", "/3/2/")] },
  { why: "more than 96", codes: [first.replace("/1/2/", "/1/97/")] },
  { why: "two series", codes: [first, (codesOf(suite, counted(442)) as [string, string])[1]] },
  { why: "a digit misread", codes: [first, `${second.slice(0, -1)}${second.endsWith("0") ? "1" : "0"}`] },
  { why: "three digits above 65535", codes: [`${first.slice(0, -3)}:::`, second] },
  { why: "cut", codes: [first, second.slice(0, -1)] },
].map((each) => ({ ...each, code: "codes-malformed" }));
const missing = { codes: [second], missing: [1], of: 2 };
const page = { spec: "spec/courier.md", series, missing, refused };
writeFileSync(new URL("../vectors/courier.json", import.meta.url), `${JSON.stringify(page, null, 2)}\n`);
