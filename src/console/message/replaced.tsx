/** What a message changes in the one that it replaces, field by field: for who drafts, who releases and who receives it. */
import type { MessageSummary } from "../../api/index.ts";
import { differencesBetween, type Message, movedBetween, reKeyedOf } from "../../message/index.ts";
import { nameOf, offBy } from "../draft/enter-again.tsx";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { Loading, Panel, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { useMessage } from "../view/rendered.tsx";
import { useWords } from "../words/say.tsx";

/** Of a message that was told; nothing where it replaces none. */
export function Replaced({ summary, bytes }: { readonly summary: MessageSummary; readonly bytes: string }) {
  const { message } = useMessage(bytes, summary.hash);
  if (message === null || summary.re?.relation !== "supersedes") return null;
  return <Replacing hash={summary.re.message} now={message} />;
}

/** `hash` names what is replaced; it is read in this page from its own signed bytes. */
export function Replacing({ hash, now }: { readonly hash: string; readonly now: Message }) {
  const { client } = useDesk();
  const { t } = useWords();
  const { value, problem } = useResource(`message ${hash}`, () => client.message({ params: { hash } }), []);
  const before = useMessage(value?.bytes ?? null, hash);
  const fault = problem ?? before.problem;
  return (
    <Panel
      title={t("message.replaces")}
      aside={<a href={href({ page: "message", hash })}>{t("message.see-replaced")}</a>}
    >
      <ProblemNotice problem={fault} />
      {before.message === null ? fault === null ? <Loading /> : null : <Table before={before.message} now={now} />}
    </Panel>
  );
}

function Table({ before, now }: { readonly before: Message; readonly now: Message }) {
  const { t, phrases } = useWords();
  const differences = differencesBetween(before, now, phrases);
  if (differences.length === 0) return <p>{t("message.no-difference")}</p>;
  return (
    <>
      <Moved before={before} now={now} />
      <div className="scroll-x">
        <table className="differences">
          <thead>
            <tr>
              <th scope="col">{t("readback.field")}</th>
              <th scope="col">{t("message.before")}</th>
              <th scope="col">{t("message.now")}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <tr key={difference.field}>
                <th scope="row">{difference.label}</th>
                <td>{difference.before === null ? "–" : <Words>{difference.before}</Words>}</td>
                <td>{difference.after === null ? "–" : <Words>{difference.after}</Words>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** On the ground and on the clock, where both have the field. */
function Moved({ before, now }: { readonly before: Message; readonly now: Message }) {
  const { t } = useWords();
  const fields = reKeyedOf(before);
  const moved = movedBetween(before, now).filter(({ distance_m, seconds, height_m }) =>
    [distance_m, seconds, height_m].some((by) => by !== null),
  );
  if (moved.length === 0) return null;
  return (
    <ul className="row">
      {moved.map((difference) => {
        const field = fields.find((each) => each.field === difference.field);
        return field === undefined ? null : (
          <li key={difference.field}>
            <Tag tone="warn">
              {nameOf(t, field)}: {offBy(t, difference)}
            </Tag>
          </li>
        );
      })}
    </ul>
  );
}
