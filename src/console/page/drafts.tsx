import { allDrafts } from "../../api/index.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { keptOf } from "../draft/use-scratch.ts";
import { useTask } from "../draft/use-task.ts";
import { Button, Empty, ProblemNotice, Words } from "../view/pieces.tsx";
import { Time } from "../view/time.tsx";
import { DraftRow } from "./inbox.tsx";
import { WRITABLE, type Writable } from "../draft/forms.ts";
import { Say, useWords } from "../words/say.tsx";

const STATES = ["signed", "unsigned", "refused", "released"] as const;

export function DraftsPage() {
  const { client } = useDesk();
  const { t } = useWords();
  const mayWrite = useMay("write drafts");
  const { value, problem } = useResource("drafts", () => allDrafts(client), ["draft"]);
  const drafts = value ?? [];
  return (
    <div className="page">
      <h1>{t("drafts.title")}</h1>
      <ProblemNotice problem={problem} />
      {mayWrite ? <WriteMenu /> : null}
      {mayWrite ? <HalfWritten /> : null}
      {value !== null && drafts.length === 0 ? <Empty>{t("drafts.empty")}</Empty> : null}
      {STATES.map((state) => {
        const some = drafts.filter((draft) => draft.state === state);
        return some.length === 0 ? null : (
          <section key={state} className="stack" aria-label={t(`drafts.${state}`)}>
            <h2>{t(`drafts.${state}`)}</h2>
            <ul className="inbox">
              {some.map((draft) => (
                <DraftRow
                  key={draft.id}
                  draft={draft}
                  action={t(state === "released" ? "common.see" : "common.open")}
                  isDone={state === "released"}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function WriteMenu() {
  const { t } = useWords();
  return (
    <nav className="row" aria-label={t("drafts.write")}>
      {(Object.keys(WRITABLE) as Writable[]).map((kind) => (
        <a
          key={kind}
          className={`button ${kind === "alert" ? "grave" : ""}`}
          href={href({ page: "write", kind, about: null })}
        >
          {t(`drafts.new-${kind}`)}
        </a>
      ))}
    </nav>
  );
}

/** What this officer has begun; nobody else sees it. */
function HalfWritten() {
  const { client } = useDesk();
  const { t, phrases } = useWords();
  const task = useTask();
  const kept = useResource("scratches", () => client.scratches(), []);
  const items = (kept.value?.items ?? []).filter((item) => keptOf(item)?.draft === null);
  if (items.length === 0) return null;
  const discard = async (id: string) => {
    await client.deleteScratch({ params: { id } });
    kept.reload();
  };
  return (
    <section className="stack" aria-label={t("drafts.half-written")}>
      <h2>{t("drafts.half-written")}</h2>
      <ProblemNotice problem={task.problem} />
      <ul className="stack">
        {items.map((item) => (
          <li key={item.id} className="row apart">
            <span>
              <Words>{item.subject === "" ? t("drafts.no-subject") : item.subject}</Words>
              <br />
              <span className="fine">
                <Say
                  k="drafts.half-written-at"
                  given={{ kind: phrases.kinds[item.kind], at: <Time at={item.saved_at} /> }}
                />
              </span>
            </span>
            <span className="row">
              <a className="button" href={href({ page: "write", kind: item.kind, about: null, scratch: item.id })}>
                {t("drafts.go-on")}
              </a>
              <Button tone="quiet" disabled={task.busy} onPress={() => task.run(() => discard(item.id))}>
                {t("draft.discard")}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
