/** What a new file changes in a list that was told. Nothing is withdrawn by being left out: an officer says so, and why. */
import { useState } from "react";
import { itemsOfDifference } from "../../api/index.ts";
import type { ListDifference } from "../../intake/index.ts";
import { useTask } from "../draft/use-task.ts";
import { go } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { metres } from "../view/conflicts.tsx";
import { CheckField, WordsField } from "../view/fields.tsx";
import { Findings } from "../view/findings.tsx";
import { Button, Empty, Notice, Panel, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import { draftList } from "./draft-list.ts";
import type { Brought } from "./read-file.ts";

const SHOWN = 50;

interface DifferenceProps {
  readonly brought: Brought;
  readonly difference: ListDifference;
}

export function DifferenceView({ brought, difference }: DifferenceProps) {
  const { t } = useWords();
  const desk = useDesk();
  const task = useTask();
  const { added, changed, removed, same, findings } = difference;
  const [withdraws, setWithdraws] = useState(false);
  const [reason, setReason] = useState("");
  const items = itemsOfDifference(difference, withdraws ? reason.trim() : null);
  const draft = async () => {
    if (brought.list === null) return;
    go({ page: "draft", id: (await draftList(desk, { items, list: brought.list.summary.id })).id });
  };
  return (
    <>
      <Findings findings={findings} />
      <Panel title={t("bring.changes")} aside={t("bring.same", { count: same })}>
        <Changed changed={changed} />
        <Names title={t("bring.added", { count: added.length })} names={added.map((row) => row.draft.subject)} />
        <Names title={t("bring.removed", { count: removed.length })} names={removed.map(({ subject }) => subject)} />
      </Panel>
      <form
        className="panel form"
        onSubmit={(event) => {
          event.preventDefault();
          task.run(draft);
        }}
      >
        {removed.length === 0 ? null : (
          <>
            <p>{t("bring.removed-note")}</p>
            {difference.refused === 0 ? null : <Notice tone="warn">{t("bring.removed-refused")}</Notice>}
            <CheckField value={withdraws} onChange={setWithdraws}>
              {t("bring.withdraw-removed")}
            </CheckField>
            {withdraws ? (
              <WordsField label={t("bring.reason")} value={reason} onChange={setReason} rows={2} required />
            ) : null}
          </>
        )}
        {items.length === 0 ? <Empty>{t("bring.nothing")}</Empty> : null}
        <ProblemNotice problem={task.problem} />
        <div className="row">
          <Button
            type="submit"
            tone="primary"
            busy={task.busy}
            disabled={items.length === 0 || (withdraws && reason.trim() === "")}
          >
            {t("bring.draft-difference")}
          </Button>
        </div>
      </form>
    </>
  );
}

function Changed({ changed }: Pick<ListDifference, "changed">) {
  const { t } = useWords();
  const furthest = changed.toSorted((a, b) => (b.moved_m ?? 0) - (a.moved_m ?? 0));
  return (
    <section className="stack" aria-label={t("bring.changed", { count: changed.length })}>
      <h3>{t("bring.changed", { count: changed.length })}</h3>
      <ul className="stack">
        {furthest.slice(0, SHOWN).map(({ row, member, moved_m }) => (
          <li key={member.hash} className="row">
            <Words>{member.subject}</Words>
            {row.draft.subject === member.subject ? null : (
              <>
                <span aria-hidden="true">→</span> <Words>{row.draft.subject}</Words>
              </>
            )}
            {moved_m === null || moved_m === 0 ? null : (
              <Tag tone="warn">{t("bring.moved", { distance: metres(t, moved_m) })}</Tag>
            )}
          </li>
        ))}
      </ul>
      <Left count={changed.length - SHOWN} />
    </section>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  return (
    <section className="stack" aria-label={title}>
      <h3>{title}</h3>
      {names.length === 0 ? null : (
        <ul className="stack">
          {names.slice(0, SHOWN).map((name, i) => (
            <li key={i}>
              <Words>{name}</Words>
            </li>
          ))}
        </ul>
      )}
      <Left count={names.length - SHOWN} />
    </section>
  );
}

function Left({ count }: { readonly count: number }) {
  const { t } = useWords();
  return count <= 0 ? null : <p className="fine">{t("common.not-shown", { count })}</p>;
}
