import { allDrafts } from "../../api/index.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { Empty, ProblemNotice } from "../view/pieces.tsx";
import { DraftRow } from "./inbox.tsx";
import { WRITABLE, type Writable } from "../draft/forms.ts";
import { useWords } from "../words/say.tsx";

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
