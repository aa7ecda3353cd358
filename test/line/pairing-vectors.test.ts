import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  parseCharterSignature,
  parseInvitation,
  parseJoin,
  parseLineFile,
  parseProposal,
} from "../../src/line/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { suite } from "./sides.ts";

interface Case {
  readonly name: string;
  readonly as: keyof typeof PARSERS;
  readonly text: string;
  readonly code: string | null;
}

const PARSERS = {
  invitation: (text: string) => parseInvitation(suite, text),
  join: (text: string) => parseJoin(suite, text),
  proposal: (text: string) => parseProposal(suite, text),
  signature: (text: string) => parseCharterSignature(text),
  line: (text: string) => parseLineFile(suite, text),
} as const;

const page = readFileSync(new URL("../../vectors/pairing.json", import.meta.url), "utf8");
for (const { name, as, text, code } of (JSON.parse(page) as { cases: readonly Case[] }).cases) {
  test(`pairing: ${name} is ${code === null ? "taken" : `refused with ${code}`}`, () => {
    if (code === null) PARSERS[as](text);
    else
      assert.throws(
        () => PARSERS[as](text),
        (error) => isParleyError(error, code),
      );
  });
}
