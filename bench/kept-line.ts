/**
 * Lines on which much was said already: made once and kept in the temporary directory; each run works on a copy.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedSigner } from "../src/crypto/index.ts";
import { nativeSuite as suite } from "../src/crypto/native.ts";
import { parseLineFile } from "../src/line/index.ts";
import { type Bytes, fromBase64, toBase64 } from "../src/wire/bytes.ts";
import type { MadeLine, MadeOfficer, MadeParty } from "../test/support/line.ts";

const CACHE = join(tmpdir(), "parley-bench-cache");
const NOTE = "made.json";

/** The directory of the line of this name, which nobody changes. `make` makes it in the directory that it is given. */
export async function keepLine(name: string, make: (dir: string) => Promise<MadeLine>): Promise<string> {
  const kept = join(CACHE, name);
  if (existsSync(kept)) return kept;
  const dir = `${kept}.part-${process.pid}`;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const line = await make(dir);
  writeFileSync(join(dir, NOTE), JSON.stringify(noteOf(line)));
  renameSync(dir, kept);
  return kept;
}

export function copyOf(kept: string): MadeLine {
  const dir = join(tmpdir(), `parley-bench-line-${process.pid}-${Date.now()}`);
  // What was exported of it stays behind.
  cpSync(kept, dir, { recursive: true, filter: (path) => !path.endsWith(".evidence") });
  return readLine(dir);
}

interface Note {
  readonly text: string;
  readonly parties: readonly {
    readonly id: MadeParty["id"];
    readonly name: string;
    readonly url: string;
    readonly lineAddress: string | null;
    readonly identity: string;
    readonly officers: readonly { readonly id: string; readonly seed: string; readonly roles: MadeOfficer["roles"] }[];
  }[];
}

function noteOf({ text, parties }: MadeLine): Note {
  return {
    text,
    parties: Object.values(parties).map(({ id, name, url, lineAddress, identity, officers }) => ({
      id,
      name,
      url,
      lineAddress,
      identity: toBase64(identity),
      officers: Object.values(officers).map((each) => ({ id: each.id, seed: toBase64(each.seed), roles: each.roles })),
    })),
  };
}

function officerFrom(id: string, seed: Bytes, roles: MadeOfficer["roles"]): MadeOfficer {
  return { id: id as MadeOfficer["id"], seed, signer: seedSigner(suite, seed), roles };
}

/** Of a directory that is kept, or a copy of it. */
export function readLine(dir: string): MadeLine {
  const { text, parties: noted } = JSON.parse(readFileSync(join(dir, NOTE), "utf8")) as Note;
  const parties = Object.fromEntries(
    noted.map(({ officers, identity, ...rest }): [string, MadeParty] => {
      const made = officers.map(({ id, seed, roles }) => [id, officerFrom(id, fromBase64(seed), roles)] as const);
      const party = { ...rest, dir: join(dir, rest.id), storePassphrase: null, identity: fromBase64(identity) };
      return [rest.id, { ...party, officers: Object.fromEntries(made) }];
    }),
  );
  return {
    dir,
    line: parseLineFile(suite, text),
    text,
    parties,
    party: (id) => {
      const party = parties[id];
      if (party === undefined) throw new Error(`there is no party ${id}`);
      return party;
    },
    remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}
