import { allDrafts } from "../../api/index.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { Empty, ProblemNotice } from "../view/pieces.tsx";
import { DraftRow } from "./inbox.tsx";
import { WRITABLE, type Writable } from "../draft/forms.ts";
import { KIND_NAMES } from "../view/names.ts";

const STATES = [
  { state: "signed", title: "Waiting for the second officer" },
  { state: "unsigned", title: "Not yet signed" },
  { state: "refused", title: "Refused" },
  { state: "released", title: "Released" },
] as const;

export function DraftsPage() {
  const { client } = useDesk();
  const mayWrite = useMay("write drafts");
  const { value, problem } = useResource("drafts", () => allDrafts(client), ["draft"]);
  const drafts = value ?? [];
  return (
    <div className="page">
      <h1>Drafts</h1>
      <ProblemNotice problem={problem} />
      {mayWrite ? <WriteMenu /> : null}
      {value !== null && drafts.length === 0 ? <Empty>No drafts here.</Empty> : null}
      {STATES.map(({ state, title }) => {
        const some = drafts.filter((draft) => draft.state === state);
        return some.length === 0 ? null : (
          <section key={state} className="stack" aria-label={title}>
            <h2>{title}</h2>
            <ul className="inbox">
              {some.map((draft) => (
                <DraftRow key={draft.id} draft={draft} action={state === "released" ? "See" : "Open"} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function WriteMenu() {
  return (
    <nav className="row" aria-label="Write">
      {(Object.keys(WRITABLE) as Writable[]).map((kind) => (
        <a
          key={kind}
          className={`button ${kind === "alert" ? "grave" : ""}`}
          href={href({ page: "write", kind, about: null })}
        >
          {kind === "alert" ? "Alert…" : `New ${KIND_NAMES[kind].toLowerCase()}`}
        </a>
      ))}
    </nav>
  );
}
