/** What is wrong in a file of settings, in words for whoever wrote it. */
import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** Each setting once, by its first fault: the others are mostly the same one again. */
export function faultsIn(issues: readonly Issue[]): string[] {
  const first = new Map<string, string>();
  for (const issue of issues) {
    const name = nameOf(issue.path);
    if (!first.has(name)) first.set(name, `${name}${name === "" ? "" : " "}${wordsOf(issue)}`);
  }
  return [...first.values()];
}

/** As it is found in the file: `mailbox 2 address` is the second table of that name. */
function nameOf(path: Issue["path"]): string {
  return path.map((part) => (typeof part === "number" ? part + 1 : String(part))).join(" ");
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text in quotes, such as "words"',
  number: "a number",
  int: "a whole number",
  array: 'a list, such as ["one", "two"]',
  object: "a table",
  boolean: "true or false",
};

function wordsOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined") ? "is missing" : `is not ${typeNamed(issue.expected)}`;
    case "unrecognized_keys": {
      const names = issue.keys.map((key) => `"${key}"`).join(", ");
      return issue.path.length > 0 ? `has no setting ${names}` : `There is no setting ${names}`;
    }
    case "invalid_value":
      return `is not ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "too_small":
      return issue.origin === "number" || issue.origin === "int"
        ? `is below ${issue.minimum}`
        : "is empty or too short";
    case "too_big":
      return issue.origin === "number" || issue.origin === "int"
        ? `is above ${issue.maximum}`
        : `has more than ${issue.maximum}`;
    case "invalid_format":
      return issue.format === "url" ? 'is not an address, such as "https://line.example:7102"' : issue.message;
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
      return issue.message;
  }
}

function typeNamed(expected: string): string {
  return TYPES[expected] ?? expected;
}
