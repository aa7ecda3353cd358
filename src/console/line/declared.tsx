/** What parties declared under their identity keys: revoked officers, successors of lost keys. */
import type { DeclarationReply } from "../../api/index.ts";
import { usePartyPlace } from "../session/status.ts";
import { Panel, PartyLabel, Tag } from "../view/pieces.tsx";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

interface Props {
  readonly declarations: readonly DeclarationReply[];
  readonly nameOf: (party: string) => string;
}

/** Who has left stands on top of the page. */
export function Declared({ declarations, nameOf }: Props) {
  const { t } = useWords();
  const shown = declarations.filter(({ declares }) => declares !== "leaving");
  if (shown.length === 0) return null;
  return (
    <Panel title={t("line.declared")} aside={t("line.declared-aside")}>
      <ul className="stack">
        {shown.map((each) => (
          <DeclaredRow key={`${each.origin} ${each.index}`} declaration={each} name={nameOf(each.party)} />
        ))}
      </ul>
    </Panel>
  );
}

function DeclaredRow({ declaration, name }: { readonly declaration: DeclarationReply; readonly name: string }) {
  const { t } = useWords();
  const placeOf = usePartyPlace();
  const { declares, party, at, fingerprint, revoked } = declaration;
  return (
    <li className="stack tight">
      <div className="row">
        <PartyLabel name={name} place={placeOf(party)} />
        {declares === "revocation" ? <Tag tone="grave">{t("line.revoked")}</Tag> : null}
      </div>
      <p>
        {declares === "revocation" ? (
          <Revocation declaration={declaration} name={name} />
        ) : (
          <Say
            k={declares === "successor" ? "line.declared-successor" : "line.declared-succession"}
            given={{ party: name, at: <Time at={at} /> }}
          />
        )}
      </p>
      <p className="mono fine" dir="ltr">
        {fingerprint}
      </p>
      {declares === "revocation" ? (
        <p className="quiet">{t("line.revoked-messages", { count: revoked.length })}</p>
      ) : null}
    </li>
  );
}

function Revocation({ declaration, name }: { readonly declaration: DeclarationReply; readonly name: string }) {
  const { t, locales } = useWords();
  const { officers, from, at, reason } = declaration;
  const listed = new Intl.ListFormat([...locales], { type: "unit" }).format(officers);
  return (
    <Say
      k="line.declared-revocation"
      given={{
        party: name,
        officers: <bdi>{listed}</bdi>,
        index: from?.index ?? 0,
        at: <Time at={at} />,
        reason: t(`line.reason-${reasonOf(reason)}`),
      }}
    />
  );
}

const REASONS = ["key-compromised", "key-lost", "misuse", "under-review"] as const;

function reasonOf(reason: string | null): (typeof REASONS)[number] | "none" {
  return REASONS.find((known) => known === reason) ?? "none";
}
