/** Whatever has no place in the body of a kind is left out and said, and never repaired. */
import { bodySchema } from "../message/index.ts";
import { type Finding, finding } from "./codes.ts";
import type { Drafted, Name } from "./draft.ts";
import type { ImportableKind } from "./importable.ts";

/** Optional fields and what stands in their place once their text was refused. */
const LEFT_OUT: Readonly<Record<string, unknown>> = { verified_by: null, source_id: null, place: null, remarks: "" };
const MAX_SUBJECT = 200;

/**
 * The body as its kind has it. An optional field that the kind refuses is left out with a warning, a position never:
 * leaving it out would unprotect a real place, so the row stays without its words rather than not at all.
 */
export function fitted(
  before: readonly Finding[],
  kind: ImportableKind,
  body: Readonly<Record<string, unknown>>,
): Drafted {
  const findings = [...before];
  const schema = bodySchema(kind);
  let kept: Record<string, unknown> = { ...body };
  for (let attempt = 0; attempt < 2; attempt++) {
    const result = schema.safeParse(kept);
    if (result.success) {
      return { draft: { kind, subject: subjectOf(kind, kept), body: result.data }, findings };
    }
    const issues = result.error.issues;
    const fatal = issues.find((issue) => !isOptional(issue.path));
    if (fatal !== undefined || attempt === 1) {
      const where = (fatal ?? issues[0])?.path.join(".") ?? "";
      const why = (fatal ?? issues[0])?.message ?? "";
      return { draft: null, findings: [...findings, finding("body-refused", where || null, { where, why })] };
    }
    const fields = new Set(issues.map((issue) => String(issue.path[0])));
    for (const field of fields) findings.push(finding("text-refused", field, { where: field }));
    kept = withoutText(
      kept,
      issues.map((issue) => issue.path),
      fields,
    );
  }
  return { draft: null, findings };
}

function isOptional(path: readonly PropertyKey[]): boolean {
  return path[0] === "names" || String(path[0]) in LEFT_OUT;
}

function withoutText(
  body: Readonly<Record<string, unknown>>,
  paths: readonly (readonly PropertyKey[])[],
  fields: ReadonlySet<string>,
): Record<string, unknown> {
  const bad = new Set(paths.filter((path) => path[0] === "names").map((path) => path[1]));
  return Object.fromEntries(
    Object.entries(body).map(([field, value]) => {
      if (!fields.has(field)) return [field, value];
      return [field, field === "names" ? (value as Name[]).filter((_, i) => !bad.has(i)) : LEFT_OUT[field]];
    }),
  );
}

function subjectOf(kind: ImportableKind, body: Readonly<Record<string, unknown>>): string {
  const names = (body["names"] ?? []) as readonly Name[];
  const place = (body["place"] ?? null) as Readonly<Record<string, string | null>> | null;
  const title = names[0]?.text ?? firstLine(body["remarks"]);
  const parts = [title, place?.["district"], place?.["governorate"]].filter(
    (part) => typeof part === "string" && part !== "",
  );
  const subject = parts.length === 0 ? `${kind} without a name` : parts.join(", ");
  return subject
    .slice(0, MAX_SUBJECT)
    .toWellFormed()
    .replace(/\ufffd$/u, "");
}

function firstLine(text: unknown): string | null {
  return typeof text === "string" ? (text.split("\n")[0] ?? null) : null;
}
