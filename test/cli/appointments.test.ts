import assert from "node:assert/strict";
import { test } from "node:test";
import { warnWithoutAdministrator } from "../../src/cli/appointments.ts";
import type { Context } from "../../src/cli/context.ts";
import type { Appointments, Role } from "../../src/line/index.ts";

function said(roles: readonly (readonly Role[])[]): string[] {
  const lines: string[] = [];
  const officers = roles.map((each) => ({ roles: each }));
  warnWithoutAdministrator(
    { say: (line: string) => void lines.push(line) } as Context,
    { officers } as unknown as Appointments,
  );
  return lines;
}

test("before a party signs a charter it hears that nobody could change its officers later", () => {
  assert.match(said([["watch", "drafter"], ["releaser"]]).join("\n"), /None of your officers is an administrator/);
  assert.deepEqual(
    said([
      ["watch", "drafter"],
      ["releaser", "administrator"],
    ]),
    [],
  );
});
