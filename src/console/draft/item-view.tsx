/** One item of a draft: what it says, what was found against it, what the others would newly learn. */
import type { DraftItem, Learned } from "../../api/index.ts";
import { bodyLines, labelOf, type Message } from "../../message/index.ts";
import { Replacing } from "../message/replaced.tsx";
import { Findings } from "../view/findings.tsx";
import { Panel, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { RenderedView, useMessage } from "../view/rendered.tsx";
import { useWords } from "../words/say.tsx";

/** Rendered here from the bytes that would be signed: not from what the node says that they say. */
export function ItemView({ item }: { readonly item: DraftItem }) {
  const { t } = useWords();
  const read = useMessage(item.bytes, item.hash);
  return (
    <>
      <Panel title={t("draft.says")} aside={t("draft.says-aside")}>
        <ProblemNotice problem={read.problem} />
        {read.rendered === null ? null : (
          <>
            <h3>
              <Words>{read.rendered.title}</Words>
            </h3>
            <RenderedView rendered={read.rendered} />
          </>
        )}
        <p className="fine mono break">{item.hash}</p>
        <Findings findings={item.findings} />
      </Panel>
      {read.message === null || item.re?.relation !== "supersedes" ? null : (
        <Replacing hash={item.re.message} now={read.message} />
      )}
      <LearnTable learn={item.learn} message={read.message} />
    </>
  );
}

const KNOWN = { new: "warn", told: "plain", public: "good" } as const;

interface LearnProps {
  readonly learn: readonly Learned[];
  readonly message: Message | null;
}

function LearnTable({ learn, message }: LearnProps) {
  const { t, phrases } = useWords();
  /** The node says each field in English; its words are made here, from the bytes that will be signed. */
  const lines = message === null ? [] : bodyLines(message.kind, message.body, phrases);
  const valueOf = ({ field, value }: Learned, i: number) => (lines[i]?.field === field ? lines[i].value : value);
  if (learn.length === 0) return null;
  return (
    <Panel
      title={t("draft.learn")}
      aside={t("draft.learn-aside", { new: learn.filter(({ known }) => known === "new").length, all: learn.length })}
    >
      <div className="scroll-x">
        <table>
          <thead>
            <tr>
              <th>{t("draft.learn-known")}</th>
              <th>{t("draft.learn-field")}</th>
              <th>{t("draft.learn-value")}</th>
            </tr>
          </thead>
          <tbody>
            {learn.map((one, i) => (
              <tr key={i}>
                <td>
                  <Tag tone={KNOWN[one.known]}>{t(`draft.known-${one.known}`)}</Tag>
                </td>
                <td className="quiet">{labelOf(one.field, phrases)}</td>
                <td className="break">
                  <Words>{valueOf(one, i)}</Words>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
