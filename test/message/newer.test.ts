/** What a later version may write: kept, told apart from what is malformed, and never half believed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decodeMessage, decodeNotice, encodeNotice } from "../../src/message/index.ts";
import { decodeContent } from "../../src/message/content.ts";
import { fromHex } from "../../src/wire/bytes.ts";
import { NOTICE } from "./samples.ts";
import { refuses } from "./support.ts";

interface Case {
  why: string;
  bytes: string;
  code: string | null;
  items?: string[] | null;
}
const page = JSON.parse(readFileSync(new URL("../../vectors/newer.json", import.meta.url), "utf8")) as Record<
  "messages" | "contents" | "notices",
  Case[]
>;

test("messages, contents and notices of a later version are newer, not malformed", () => {
  assert.ok(page.messages.length > 0 && page.contents.length > 0);
  for (const { bytes, code } of page.messages) refuses(() => decodeMessage(fromHex(bytes)), code as "message-newer");
  for (const { bytes, code } of page.contents) refuses(() => decodeContent(fromHex(bytes)), code as "message-newer");
  for (const { why, bytes, code, items } of page.notices) {
    if (code !== null) refuses(() => decodeNotice(fromHex(bytes)), code);
    else
      assert.deepEqual(
        decodeNotice(fromHex(bytes)).items.map((item) => item.code),
        items,
        why,
      );
  }
});

test("a notice of the first codes is written as the first nodes read it; what is not understood is not said again", () => {
  assert.equal(encodeNotice(NOTICE)[1], 1);
  const understands = { code: "understands", features: ["narrow"] } as const;
  const bytes = encodeNotice({ ...NOTICE, items: [understands] });
  assert.equal(bytes[1], 2);
  assert.deepEqual(decodeNotice(bytes).items, [understands]);
  refuses(() => encodeNotice({ ...NOTICE, items: [{ code: "newer", said: "weather" }] }), "notice-malformed");
  refuses(
    () => encodeNotice({ ...NOTICE, items: [{ code: "understands", features: ["Free text."] }] }),
    "notice-malformed",
  );
});
