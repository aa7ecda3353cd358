/** Reads an evidence file piece by piece, so that its size does not matter; a long one is checked on every core. */
import { closeSync, fstatSync, readSync } from "node:fs";
import type { Suite } from "../crypto/index.ts";
import { nativeSuite } from "../crypto/native.ts";
import type { EvidenceReport, EvidenceVerifier } from "../line/index.ts";
import { openFile } from "./files.ts";
import { signatureThreads } from "./signature-threads.ts";

const CHUNK = 1 << 20;
/** A shorter file is done before threads have started. */
const LONG_FILE = 4 << 20;

/** The verifier of one pass. A second pass begins with a new one, and what the first told is void. */
export type VerifierOf = (suite: Suite) => EvidenceVerifier;

export interface Reading {
  readonly size: number;
  /** Bytes read so far. */
  readonly show: (done: number) => void;
  /** From which size on threads help, in bytes. */
  readonly long?: number;
}

export function sizeOfFile(path: string): number {
  const file = openFile(path);
  try {
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

export async function verifyFile(
  suite: Suite,
  path: string,
  verifierOf: VerifierOf,
  { size, show, long = LONG_FILE }: Reading,
): Promise<EvidenceReport> {
  // A thread has the native suite and no other.
  if (size < long || suite !== nativeSuite) return readThrough(path, verifierOf(suite), show);
  const threads = signatureThreads(suite);
  try {
    const report = readThrough(path, verifierOf(threads.suite), show);
    if (await threads.allGood()) return report;
  } finally {
    threads.close();
  }
  return readThrough(path, verifierOf(suite), show);
}

function readThrough(path: string, verifier: EvidenceVerifier, show: (done: number) => void): EvidenceReport {
  const file = openFile(path);
  try {
    const chunk = new Uint8Array(CHUNK);
    for (let done = 0; ;) {
      const read = readSync(file, chunk);
      if (read === 0 || verifier.hasStopped()) break;
      verifier.push(chunk.slice(0, read));
      show((done += read));
    }
  } finally {
    closeSync(file);
  }
  return verifier.end();
}
