import { useState } from "react";
import { type ListMember, type ListReply, type Matter, messagesCsv } from "../../api/index.ts";
import { isWritable } from "../draft/forms.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { useParties } from "../session/status.ts";
import { ListFiles, placesOf } from "../view/paper.tsx";
import { Button, Loading, Panel, ProblemNotice, Tag, type Tone, Words } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import { ListFacts } from "./lists.tsx";

const PAGE = 100;

/** One list: how each party answered it, and its members with what is the matter first. */
export function ListPage({ from, id }: { readonly from: string; readonly id: string }) {
  const { client } = useDesk();
  const [limit, setLimit] = useState(PAGE);
  const { value, problem } = useResource(
    `list ${from} ${id} ${limit}`,
    () => client.list({ params: { from, id }, query: { limit } }),
    ["message", "conflict"],
  );
  if (value === null) return problem === null ? <Loading /> : <ProblemNotice problem={problem} />;
  const told = value.members.map(({ message }) => message);
  const hashes = told.map(({ hash }) => hash);
  return (
    <article className="page" aria-label={value.list.name}>
      <ProblemNotice problem={problem} />
      <header className="stack">
        <h1>
          <Words>{value.list.name}</Words>
        </h1>
        <ListFacts list={value.list} />
      </header>
      <ListActions reply={value} />
      <Answers reply={value} />
      <Members reply={value} more={() => setLimit((before) => before + 5 * PAGE)} />
      <ListFiles name="list" csv={messagesCsv(told)} places={() => placesOf(client, hashes)} />
    </article>
  );
}

/** What may be done with the whole of it. */
function ListActions({ reply }: { readonly reply: ListReply }) {
  const { t } = useWords();
  const mayWrite = useMay("write drafts");
  const { list, members } = reply;
  if (!mayWrite) return null;
  const open = members.find(({ message }) => !message.closed);
  if (!list.own) {
    return open === undefined ? null : (
      <div className="row">
        <a className="button primary" href={href({ page: "answer", hash: open.message.hash })}>
          {t("lists.answer-all")}
        </a>
      </div>
    );
  }
  return (
    <div className="row">
      {isWritable(list.kind) ? (
        <a className="button" href={href({ page: "write", kind: list.kind, about: null, list: list.id })}>
          {t("lists.add")}
        </a>
      ) : null}
      <a className="button" href={href({ page: "bring", list: list.id })}>
        {t("lists.difference")}
      </a>
    </div>
  );
}

function Answers({ reply: { answers } }: { readonly reply: ListReply }) {
  const { t } = useWords();
  const parties = [...new Map(answers.map(({ party, name }) => [party, name]))];
  return (
    <Panel title={t("lists.answers")}>
      <dl className="facts">
        {parties.map(([party, name]) => (
          <div key={party} className="fact">
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd className="row">
              {answers
                .filter((each) => each.party === party)
                .map(({ answer, count }) =>
                  answer === null ? (
                    <span key="" className="quiet">
                      {t("lists.unanswered", { count })}
                    </span>
                  ) : (
                    <Tag key={answer}>{t("lists.answered", { answer, count })}</Tag>
                  ),
                )}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

const TONES: Record<Matter, Tone> = {
  "counts-for-nothing": "grave",
  conflict: "private",
  "answered-against": "warn",
  "read-back-differs": "warn",
  overdue: "grave",
};

function Members({ reply, more }: { readonly reply: ListReply; readonly more: () => void }) {
  const { t } = useWords();
  const { members, list } = reply;
  return (
    <Panel title={t("lists.members")} aside={t("lists.members-aside")}>
      <ol className="inbox">
        {members.map((member) => (
          <Member key={member.message.hash} member={member} own={list.own} />
        ))}
      </ol>
      {reply.more === null ? null : (
        <Button onPress={more}>{t("draft.show-more", { count: list.in_force - members.length })}</Button>
      )}
    </Panel>
  );
}

function Member({ member, own }: { readonly member: ListMember; readonly own: boolean }) {
  const { t } = useWords();
  const mayWrite = useMay("write drafts");
  const { nameOf } = useParties();
  const { message, answers, matters } = member;
  return (
    <li className="item">
      <a className="subject" href={href({ page: "message", hash: message.hash })}>
        <Words lang={message.lang}>{message.subject}</Words>
      </a>
      <div className="meta">
        {message.list === null ? null : (
          <span>{t("lists.place", { place: message.list.index + 1, count: message.list.count })}</span>
        )}
        {matters.map((matter) => (
          <Tag key={matter} tone={TONES[matter]}>
            {t(`lists.matter-${matter}`)}
          </Tag>
        ))}
        {answers.map(({ party, answer, message: hash }) => (
          <a key={party} href={href({ page: "message", hash })}>
            <bdi>{nameOf(party)}</bdi>: <bdi>{answer}</bdi>
          </a>
        ))}
      </div>
      {own || !mayWrite ? null : (
        <a className="button act" href={href({ page: "answer", hash: message.hash, only: true })}>
          {t("lists.answer-one")}
        </a>
      )}
    </li>
  );
}
