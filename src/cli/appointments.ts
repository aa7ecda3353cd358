/** Whom this party appoints: kept in the node's directory until a roster, signed by the identity key, says so. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Suite } from "../crypto/index.ts";
import { type Appointments, ROLES, type Roster } from "../line/index.ts";
import { type AtRest, readCarriers, readNodeConfig, readNodeKeys } from "../server/index.ts";
import { type Bytes, equalBytes, fromHex } from "../wire/bytes.ts";
import { parseOfficerId, parsePersonId, parseUnitId } from "../wire/id.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { readJson, writeWhole } from "./files.ts";

const officer = z.strictObject({
  id: z.string().transform(parseOfficerId),
  person: z.string().transform(parsePersonId),
  roles: z.array(z.enum(ROLES)).min(1),
  key: z.string().regex(/^[0-9a-f]{64}$/),
});
const schema = z.strictObject({
  officers: z.array(officer),
  units: z.array(z.strictObject({ id: z.string().transform(parseUnitId), name: z.string().min(1).max(80) })),
});

export type Appointed = z.output<typeof schema>;
export type AppointedOfficer = Appointed["officers"][number];

const appointmentsPath = (dir: string): string => join(dir, "appointments.json");

export function readAppointed(dir: string): Appointed {
  const path = appointmentsPath(dir);
  if (!existsSync(path)) return { officers: [], units: [] };
  const parsed = schema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw cliError("file-not-understood", `${path}, at ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}.`);
}

export function writeAppointed(dir: string, appointed: Appointed): void {
  writeWhole(appointmentsPath(dir), `${JSON.stringify(appointed, null, 2)}\n`, { replace: true });
}

/**
 * What the next roster says: these officers and units, this node's keys, and where it is reached. On an open line the
 * keys are those of the roster before it: `node.keys` may hold later ones that were never published.
 */
export function appointmentsOf(
  suite: Suite,
  dir: string,
  rest: AtRest,
  now: number,
  before: Roster | null = null,
): Appointments {
  return {
    ...appointedOfficers(dir),
    node: before?.node ?? readNodeKeys(suite, dir, rest),
    address: readNodeConfig(dir).publicAddress,
    carriers: { ...readCarriers(suite, dir, rest), ...(before?.carriers ? { tls: before.carriers.tls } : {}) },
    issued_at: now,
  };
}

type Officers = Pick<Appointments, "officers">;

/** Whoever holds a revoked key is not let in, whatever the roster says of him. */
export function hasAdministrator({ officers }: Officers, revoked: readonly Bytes[]): boolean {
  const isIn = (key: Bytes): boolean => !revoked.some((each) => equalBytes(each, key));
  return officers.some(({ roles, key }) => roles.includes("administrator") && isIn(key));
}

/** A roster without one is the last that anybody could publish on the open line. @throws no-administrator */
export function requireAdministrator(appointments: Officers, revoked: readonly Bytes[]): void {
  if (hasAdministrator(appointments, revoked)) return;
  const but = hasAdministrator(appointments, []) ? " whose key is not revoked" : "";
  throw cliError("no-administrator", `None of the officers that this roster appoints is an administrator${but}.`);
}

/** Who stands in the list of this directory. @throws usage */
export function appointedOfficers(dir: string): Pick<Appointments, "officers" | "units"> {
  const { officers, units } = readAppointed(dir);
  if (officers.length === 0) throw cliError("usage", "No officer is appointed yet: parley officer new.");
  return { officers: officers.map(({ key, ...rest }) => ({ ...rest, key: fromHex(key, 32) })), units };
}

/** Without one, nobody of this party could ever change its officers on the open line. */
export function warnWithoutAdministrator(context: Context, appointments: Officers): void {
  if (hasAdministrator(appointments, [])) return;
  context.say(
    "None of your officers is an administrator: on the open line nobody could add or remove one. Appoint one first: parley officer new admin-1 --person PERSON --roles administrator.",
  );
}
