/** Debian's packages for a peer: installed where they are missing and we may. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

export interface Absent {
  /** Why there is no peer, for people. */
  readonly why: string;
}

/** Null where `file` is there now. */
export function ensurePackages(packages: readonly string[], file: string, say: (text: string) => void): Absent | null {
  if (existsSync(file)) return null;
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!mayInstall) return { why: `${file} is not here: install ${packages.join(" and ")} as root first` };
  say(`Installing ${packages.join(", ")} (once) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const install = () =>
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env, stdio: "ignore" });
  if (install().status !== 0) {
    spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
    install();
  }
  return existsSync(file) ? null : { why: `${packages.join(" and ")} could not be installed` };
}
