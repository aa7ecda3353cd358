/** Certificates of plans, GO and NO GO, overrides: tables of `private.sqlite` since its second version. */
import type { Bytes } from "../wire/bytes.ts";
import type { OfficerId, PlanId } from "../wire/id.ts";
import type { CertificateRecord, DecisionRecord, OverrideRecord, PrivateStore, PrivateWrite } from "./private-store.ts";
import type { Row, Sqlite } from "./sqlite.ts";

export const DECISIONS = `
CREATE TABLE certificate (
  plan TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL DEFAULT 'plan' CHECK (kind = 'plan'),
  salt BLOB NOT NULL,
  bytes BLOB NOT NULL,
  signature BLOB NOT NULL,
  lapsed_at INTEGER,
  lapsed TEXT,
  FOREIGN KEY (kind, plan) REFERENCES item (kind, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE decision (
  seq INTEGER PRIMARY KEY,
  plan TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('GO', 'NO GO')),
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  salt BLOB,
  bytes BLOB,
  signature BLOB,
  lapsed_at INTEGER,
  CHECK (decision = 'NO GO' OR bytes IS NOT NULL)
) STRICT;
CREATE INDEX decision_plan ON decision (plan, seq);

CREATE TABLE override (
  seq INTEGER PRIMARY KEY,
  plan TEXT NOT NULL,
  against TEXT NOT NULL,
  grave TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  ended_at INTEGER
) STRICT;
CREATE INDEX override_plan ON override (plan) WHERE ended_at IS NULL;
`;

type DecisionWrite = Extract<
  PrivateWrite,
  {
    readonly write:
      | "certificate"
      | "decision"
      | "go-lapsed"
      | "override"
      | "overrides-ended"
      | "overrides-against-ended";
  }
>;

export function decisionReads(db: Sqlite): Pick<PrivateStore, "certificate" | "decision" | "lapsedGo" | "overrides"> {
  return {
    certificate: (plan) => {
      const row = db.get("SELECT * FROM certificate WHERE plan = ?", plan);
      return row === undefined ? null : toCertificate(row);
    },
    decision: (plan) => {
      const row = db.get("SELECT * FROM decision WHERE plan = ? ORDER BY seq DESC LIMIT 1", plan);
      return row === undefined ? null : toDecision(row);
    },
    lapsedGo: () =>
      db
        .all("SELECT plan, lapsed_at, MAX(seq) FROM decision GROUP BY plan")
        .flatMap(({ plan, lapsed_at }) => (lapsed_at === null ? [] : [plan as PlanId])),
    overrides: (plan) =>
      db.all("SELECT * FROM override WHERE plan = ? AND ended_at IS NULL ORDER BY seq", plan).map(toOverride),
  };
}

export function applyDecision(db: Sqlite, write: DecisionWrite): void {
  switch (write.write) {
    case "certificate":
      db.run(
        `INSERT INTO certificate (plan, salt, bytes, signature, lapsed_at, lapsed) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET salt = excluded.salt, bytes = excluded.bytes, signature = excluded.signature,
           lapsed_at = excluded.lapsed_at, lapsed = excluded.lapsed`,
        write.plan,
        write.salt,
        write.bytes,
        write.signature,
        write.lapsed?.at ?? null,
        write.lapsed?.outcome ?? null,
      );
      return;
    case "decision": {
      const { plan, decision, by, at, reason, certificate } = write;
      const { salt = null, bytes = null, signature = null } = certificate ?? {};
      db.run(
        `INSERT INTO decision (plan, decision, by, at, reason, salt, bytes, signature)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        plan,
        decision,
        by,
        at,
        reason,
        salt,
        bytes,
        signature,
      );
      return;
    }
    case "go-lapsed":
      db.run(
        "UPDATE decision SET lapsed_at = ? WHERE plan = ? AND decision = 'GO' AND lapsed_at IS NULL",
        write.at,
        write.plan,
      );
      return;
    case "override": {
      const { plan, against, grave, by, at, reason } = write;
      db.run(
        "INSERT INTO override (plan, against, grave, by, at, reason) VALUES (?, ?, ?, ?, ?, ?)",
        plan,
        against,
        grave,
        by,
        at,
        reason,
      );
      return;
    }
    case "overrides-ended":
      db.run("UPDATE override SET ended_at = ? WHERE plan = ? AND ended_at IS NULL", write.at, write.plan);
      return;
    case "overrides-against-ended":
      db.run("UPDATE override SET ended_at = ? WHERE against = ? AND ended_at IS NULL", write.at, write.against);
      return;
  }
}

function toCertificate(row: Row): CertificateRecord {
  const at = row["lapsed_at"] as number | null;
  return {
    plan: row["plan"] as PlanId,
    salt: row["salt"] as Bytes,
    bytes: row["bytes"] as Bytes,
    signature: row["signature"] as Bytes,
    lapsed: at === null ? null : { at, outcome: row["lapsed"] as string },
  };
}

function toDecision(row: Row): DecisionRecord {
  const bytes = row["bytes"] as Bytes | null;
  const signed = { salt: row["salt"] as Bytes, signature: row["signature"] as Bytes };
  return {
    plan: row["plan"] as PlanId,
    decision: row["decision"] as DecisionRecord["decision"],
    by: row["by"] as OfficerId,
    at: row["at"] as number,
    reason: row["reason"] as string,
    certificate: bytes === null ? null : { ...signed, bytes },
    lapsedAt: row["lapsed_at"] as number | null,
  };
}

function toOverride(row: Row): OverrideRecord {
  return {
    plan: row["plan"] as PlanId,
    against: row["against"] as string,
    grave: row["grave"] as string,
    by: row["by"] as OfficerId,
    at: row["at"] as number,
    reason: row["reason"] as string,
    endedAt: row["ended_at"] as number | null,
  };
}
