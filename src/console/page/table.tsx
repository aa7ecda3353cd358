import { useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { type Stances, stancesCsv, type StanceView, type Statement, type StatementRequest } from "../../api/index.ts";
import { CODES } from "../../message/index.ts";
import { parseTime } from "../../geo/index.ts";
import { parsePartyId, parseStatementId } from "../../wire/id.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { MomentBar, useMoment } from "../time/moment.tsx";
import { ChoiceField, WordsField } from "../view/fields.tsx";
import { ListFiles } from "../view/paper.tsx";
import { Button, Empty, PartyLabel, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { StandingTags } from "../view/standing-tags.tsx";
import { Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

type Topic = Stances["topics"][number];

/** Stances by subject and party, each with its history, and what each party has said in public beside it. */
export function TablePage() {
  const { client } = useDesk();
  const { t } = useWords();
  const { asOf } = useMoment();
  const [adding, setAdding] = useState(false);
  const may = useMay("change the register");
  const stances = useResource(
    `stances ${asOf ?? "now"}`,
    () => client.stances({ query: asOf === null ? {} : { as_of: asOf } }),
    ["message", "statement"],
  );
  const topics = stances.value?.topics ?? [];
  return (
    <div className="page wide">
      <div className="page-head">
        <h1>{t("table.title")}</h1>
        <span className="quiet grow">{t("table.about")}</span>
        {may ? <Button onPress={() => setAdding(true)}>{t("table.add")}</Button> : null}
      </div>
      <ProblemNotice problem={stances.problem} />
      <div className="no-print stack">
        <MomentBar />
      </div>
      {stances.value !== null && topics.length === 0 ? <Empty>{t("table.none")}</Empty> : null}
      {topics.map((topic) => (
        <TopicPanel key={topic.topic} topic={topic} isPast={asOf !== null} mayRemove={may && asOf === null} />
      ))}
      {stances.value === null ? null : <ListFiles name="table" csv={stancesCsv(stances.value)} />}
      {adding ? <AddStatement onDone={() => setAdding(false)} /> : null}
    </div>
  );
}

interface TopicProps {
  readonly topic: Topic;
  readonly isPast: boolean;
  readonly mayRemove: boolean;
}

function TopicPanel({ topic: { topic, parties, statements }, isPast, mayRemove }: TopicProps) {
  const { t } = useWords();
  const placeOf = usePartyPlace();
  return (
    <section className="panel topic" aria-label={topic}>
      <h2>
        <Words>{topic}</Words>
      </h2>
      <div className="topic-parties">
        {parties.map(({ party, name, now, history }) => {
          const standing = history.find(({ message }) => message.hash === now) ?? null;
          const earlier = history.filter((stance) => stance !== standing);
          return (
            <div key={party} className={`stance-cell party-${placeOf(party) % 4}`}>
              <PartyLabel name={name} place={placeOf(party)} />
              {standing === null ? <p className="quiet">{t("table.no-stance")}</p> : null}
              {standing === null ? null : <StanceText stance={standing} isPast={isPast} />}
              {earlier.length === 0 ? null : (
                <details>
                  <summary>{t("table.history", { count: earlier.length })}</summary>
                  {earlier.map((stance) => (
                    <StanceText key={stance.message.hash} stance={stance} isPast />
                  ))}
                </details>
              )}
            </div>
          );
        })}
        <div className="stance-cell public">
          <h3>{t("table.in-public")}</h3>
          {statements.length === 0 ? <p className="quiet">{t("table.none-public")}</p> : null}
          {statements.map((statement) => (
            <StatementText key={statement.id} statement={statement} mayRemove={mayRemove} />
          ))}
        </div>
      </div>
    </section>
  );
}

function StanceText({ stance, isPast }: { readonly stance: StanceView; readonly isPast: boolean }) {
  const { t, phrases } = useWords();
  const { message, stands, words, said, receivers, contradicts } = stance;
  return (
    <div className="stack tight">
      <div className="row">
        <strong>{phrases.codes.stance[stands]}</strong>
        <Tag>{t(said === "in-public" ? "table.said-public" : "table.said-here")}</Tag>
        <StandingTags message={message} />
        <a href={href({ page: "message", hash: message.hash })}>
          <Time at={message.at} />
        </a>
      </div>
      <p className="said">
        <Words lang={message.lang}>{words}</Words>
      </p>
      {contradicts === null ? null : <Tag tone="warn">{t("table.contradicts")}</Tag>}
      <ul className="stack tight">
        {receivers.map((receiver) => (
          <ReceiverText key={receiver.party} stance={stance} receiver={receiver} isPast={isPast} />
        ))}
      </ul>
    </div>
  );
}

const TONES = { unanswered: "plain", restated: "plain", "not-meant": "warn", confirmed: "good" } as const;

interface ReceiverProps {
  readonly stance: StanceView;
  readonly receiver: StanceView["receivers"][number];
  readonly isPast: boolean;
}

/** What a receiver understood, round by round, and its one next action. */
function ReceiverText({ stance: { message }, receiver: { party, name, state, rounds }, isPast }: ReceiverProps) {
  const { node } = useDesk();
  const { t } = useWords();
  const last = rounds.at(-1);
  const inForce = !isPast && message.state === "in-force";
  const mine = party === node.party && (state === "unanswered" || state === "not-meant");
  const judge = message.own && state === "restated" && last !== undefined;
  return (
    <li className="stack tight receiver">
      <div className="row">
        <bdi>{name}</bdi>
        <Tag tone={TONES[state]}>{t(`table.state-${state}`)}</Tag>
        {inForce && mine ? <a href={href({ page: "answer", hash: message.hash })}>{t("table.restate")}</a> : null}
        {inForce && judge ? <a href={href({ page: "answer", hash: last.restated.hash })}>{t("table.judge")}</a> : null}
      </div>
      {rounds.map(({ restated, reply }) => (
        <div key={restated.hash} className="round">
          <p className="fine">
            <Say k="table.restated-words" given={{ party: name, at: <Time at={restated.at} /> }} />
          </p>
          <p className="said">
            <Words>{restated.words}</Words>
          </p>
          {reply === null ? null : (
            <p className="fine">
              {reply.answer === "CONFIRMED" ? (
                <Say k="table.reply-confirmed" given={{ at: <Time at={reply.at} /> }} />
              ) : (
                <Say
                  k="table.reply-not-meant"
                  given={{ at: <Time at={reply.at} />, reason: <Words>{reply.reason}</Words> }}
                />
              )}
            </p>
          )}
        </div>
      ))}
    </li>
  );
}

function StatementText({ statement, mayRemove }: { readonly statement: Statement; readonly mayRemove: boolean }) {
  const { client } = useDesk();
  const { t, phrases } = useWords();
  const task = useTask();
  const { id, name, said_at, source, body } = statement;
  const stands = CODES.stance.find((code) => code === body["stands"]);
  const { words } = body;
  return (
    <div className="stack tight">
      <p className="fine">
        <Say k="table.public-row" given={{ party: name, at: <Time at={said_at} />, source: <Words>{source}</Words> }} />
      </p>
      {stands === undefined ? null : <strong>{phrases.codes.stance[stands]}</strong>}
      {typeof words === "string" ? (
        <p className="said">
          <Words>{words}</Words>
        </p>
      ) : null}
      {mayRemove ? (
        <span>
          <Button
            tone="quiet"
            busy={task.busy}
            label={t("table.remove-of", { party: name, source })}
            onPress={() => task.run(() => client.removeStatement({ params: { id: parseStatementId(id) } }))}
          >
            {t("table.remove")}
          </Button>
        </span>
      ) : null}
      <ProblemNotice problem={task.problem} />
    </div>
  );
}

interface StatementForm {
  readonly party: string;
  readonly topic: string;
  readonly stands: string;
  readonly words: string;
  readonly source: string;
  readonly at: string;
}

/** @throws time-malformed, … */
function requestOf(form: StatementForm): StatementRequest {
  const topic = form.topic.trim();
  const words = form.words === "" ? {} : { words: form.words };
  const stands = form.stands === "" ? {} : { stands: form.stands };
  const said_at = parseTime(form.at.trim(), Date.now()).at;
  const said = { party: parsePartyId(form.party), said_at, source: form.source, subject: topic };
  return { ...said, kind: "stance", body: { topic, ...stands, ...words } };
}

function AddStatement({ onDone }: { readonly onDone: () => void }) {
  const { client, node } = useDesk();
  const { t } = useWords();
  const task = useTask();
  const [form, setForm] = useState<StatementForm>({
    party: node.party,
    topic: "",
    stands: "",
    words: "",
    source: "",
    at: "",
  });
  const keep = () =>
    task.run(async () => {
      await client.addStatement({ body: requestOf(form) });
      onDone();
    });
  return (
    <ModalOverlay className="modal-ground" isOpen isDismissable onOpenChange={onDone}>
      <Modal className="modal">
        <Dialog className="dialog wide">
          <Heading slot="title">{t("table.add")}</Heading>
          <p className="quiet">{t("table.add-about")}</p>
          <StatementFields form={form} onChange={(change) => setForm((before) => ({ ...before, ...change }))} />
          <ProblemNotice problem={task.problem} />
          <div className="row">
            <Button tone="primary" busy={task.busy} onPress={keep}>
              {t("table.keep")}
            </Button>
            <Button onPress={onDone}>{t("common.cancel")}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface FieldsProps {
  readonly form: StatementForm;
  readonly onChange: (change: Partial<StatementForm>) => void;
}

function StatementFields({ form, onChange }: FieldsProps) {
  const { client } = useDesk();
  const { t, phrases } = useWords();
  const charter = useResource("charter", () => client.charter(), []);
  const parties = (charter.value?.parties ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const field = (name: keyof StatementForm) => ({
    value: form[name],
    onChange: (value: string) => onChange({ [name]: value }),
  });
  const stances = CODES.stance.map((value) => ({ value, label: phrases.codes.stance[value] }));
  return (
    <>
      <ChoiceField label={t("table.add-party")} options={parties} {...field("party")} />
      <WordsField label={t("table.add-topic")} {...field("topic")} />
      <ChoiceField
        label={t("table.add-stands")}
        options={[{ value: "", label: "—" }, ...stances]}
        {...field("stands")}
      />
      <WordsField label={t("table.add-words")} rows={3} {...field("words")} />
      <WordsField label={t("table.add-source")} {...field("source")} />
      <WordsField label={t("table.add-at")} hint={t("moment.as-of-hint")} {...field("at")} />
    </>
  );
}
