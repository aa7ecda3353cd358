/** GnuPG as such lines use it: two signatures and encryption on one side, decryption and a signed acknowledgement on the other. */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export interface GnuPg {
  seal(words: string): Promise<string>;
  /** Throws where it does not open, or where one of the two signatures is not good. */
  open(text: string): Promise<void>;
  acknowledge(words: string): Promise<string>;
  checkAcknowledgement(text: string): Promise<void>;
  /** Ends the agents that hold its keys. */
  end(): void;
}

const OFFICERS = ["first@north.bench", "second@north.bench"] as const;
const RECEIVER = "officer@south.bench";
const BATCH = ["--batch", "--no-tty", "--quiet", "--trust-model", "always"];

/** A home with keys for each side under `dir`; each knows the other's public keys. */
export function gnupg(dir: string): GnuPg {
  const north = homeWith(join(dir, "n"), OFFICERS);
  const south = homeWith(join(dir, "s"), [RECEIVER]);
  exchangeKeys(north, OFFICERS, south);
  exchangeKeys(south, [RECEIVER], north);
  const signers = OFFICERS.flatMap((name) => ["--local-user", name]);
  return {
    seal: async (words) =>
      (await gpg(north, [...signers, "--recipient", RECEIVER, "--armor", "--sign", "--encrypt"], words)).out,
    open: async (text) => {
      const { said } = await gpg(south, ["--status-fd", "2", "--decrypt"], text);
      if (goodOf(said) !== OFFICERS.length) throw new Error("A signature is missing or not good.");
    },
    acknowledge: async (words) => (await gpg(south, ["--local-user", RECEIVER, "--clearsign"], words)).out,
    checkAcknowledgement: async (text) => {
      const { said } = await gpg(north, ["--status-fd", "2", "--verify"], text);
      if (goodOf(said) !== 1) throw new Error("The acknowledgement is not signed.");
    },
    end: () => [north, south].forEach((home) => execFileSync("gpgconf", ["--homedir", home, "--kill", "all"])),
  };
}

function goodOf(said: string): number {
  return said.match(/^\[GNUPG:\] GOODSIG /gm)?.length ?? 0;
}

function homeWith(home: string, names: readonly string[]): string {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const open = ["--homedir", home, ...BATCH, "--pinentry-mode", "loopback", "--passphrase", ""];
  for (const name of names)
    execFileSync("gpg", [...open, "--quick-gen-key", name, "future-default", "default", "never"]);
  return home;
}

function exchangeKeys(from: string, names: readonly string[], to: string): void {
  const keys = execFileSync("gpg", ["--homedir", from, ...BATCH, "--export", ...names]);
  execFileSync("gpg", ["--homedir", to, ...BATCH, "--import"], { input: keys, stdio: ["pipe", "ignore", "ignore"] });
}

function gpg(home: string, args: readonly string[], input: string): Promise<{ out: string; said: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile("gpg", ["--homedir", home, ...BATCH, ...args], (error, out, said) => {
      if (error === null) resolve({ out, said });
      else reject(new Error(`gpg ${args.at(-1)}: ${said.trim().slice(-300)}`, { cause: error }));
    });
    child.stdin?.end(input);
  });
}
