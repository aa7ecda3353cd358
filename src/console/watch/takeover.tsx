/** An alert takes the screen over, and sounds, until an officer has it in hand. */
import { memo, useEffect, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { Alert } from "../../api/index.ts";
import { useTask } from "../draft/use-task.ts";
import { isSame } from "../live/same.ts";
import { useNow } from "../live/use-now.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { Button, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { countdown, Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";
import { soundAlert } from "./sound.ts";

/** The gravest first; of those the one that is due first. */
const GRAVITY: readonly Alert["alert"][] = ["STOP", "accident", "hazard", "is-this-yours"];

const firstDue = ({ parties }: Alert) => Math.min(...parties.map(({ due_at }) => due_at ?? Infinity));

export function worstOf(alerts: readonly Alert[]): Alert | null {
  const sounding = alerts.filter(({ sounds }) => sounds);
  return (
    sounding.toSorted((a, b) => GRAVITY.indexOf(a.alert) - GRAVITY.indexOf(b.alert) || firstDue(a) - firstDue(b))[0] ??
    null
  );
}

export function Takeover({ alerts, onChanged }: { readonly alerts: readonly Alert[]; readonly onChanged: () => void }) {
  const alert = worstOf(alerts);
  const may = useMay("take alerts");
  if (alert === null || !may) return null;
  const count = alerts.filter(({ sounds }) => sounds).length;
  return <TakeoverOf key={alert.message.hash} alert={alert} count={count} onChanged={onChanged} />;
}

interface Props {
  readonly alert: Alert;
  readonly count: number;
  readonly onChanged: () => void;
}

function TakeoverOf({ alert, count, onChanged }: Props) {
  const { client } = useDesk();
  const { t, phrases } = useWords();
  const task = useTask();
  const [blocked, setBlocked] = useState(false);
  useEffect(() => soundAlert(alert.alert, setBlocked), [alert.alert]);
  const { message, parties } = alert;
  const params = { hash: message.hash };
  const taken = parties.find((each) => each.taken !== null)?.taken ?? null;
  const act = (work: () => Promise<unknown>) =>
    task.run(async () => {
      try {
        await work();
      } finally {
        onChanged();
      }
    });
  return (
    <ModalOverlay className="takeover-ground" isOpen isKeyboardDismissDisabled>
      <Modal className={`takeover ${alert.alert === "is-this-yours" ? "" : "grave"}`}>
        <Dialog role="alertdialog" className="takeover-inside">
          <Heading slot="title">
            {count > 1 ? `${count} · ` : ""}
            {phrases.codes.alert[alert.alert]}
          </Heading>
          <p className="takeover-subject">
            <Words lang={message.lang}>{message.subject}</Words>
          </p>
          <p>
            <Say
              k="watch.alert-from"
              given={{ party: message.from_name, at: <Time at={message.stored_at} seconds /> }}
            />
          </p>
          {parties.map((each) => (
            <AlertParty key={each.party} party={each} own={message.own} />
          ))}
          {blocked ? <p className="fine">{t("watch.sound-blocked")}</p> : null}
          <ProblemNotice problem={task.problem} />
          <div className="row">
            <Button
              tone="primary"
              busy={task.busy}
              onPress={() => act(() => client.takeAlert({ params, body: { expects: taken?.by ?? null } }))}
            >
              {taken === null ? t("watch.take") : t("watch.take-over", { officer: taken.by })}
            </Button>
            <Button busy={task.busy} onPress={() => act(() => client.passAlert({ params }))}>
              {t("watch.pass")}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Who must answer, by when, who has it in hand and who is called next. */
export function AlertParty({ party, own }: { readonly party: Alert["parties"][number]; readonly own: boolean }) {
  const { t, has } = useWords();
  const now = useNow(1000);
  /** Roles are called; what else a node's own settings name is shown as it is. */
  const whoOf = (who: string) => {
    const key = `frame.role-${who}`;
    return has(key) ? t(key as "frame.role-watch") : who;
  };
  const { state, due_at, taken, called, next, answer, answered_at } = party;
  return (
    <div className="stack tight">
      <div className="row">
        <Tag tone={state === "answered" ? "good" : state === "taken" ? "warn" : "grave"}>
          {t(`watch.state-${state}`)}
        </Tag>
        {own ? <span>{t("watch.must-answer", { party: party.name })}</span> : null}
        {answer === null || answered_at === null ? null : (
          <span>
            <Say k="watch.answered-at" given={{ answer, at: <Time at={answered_at} /> }} />
          </span>
        )}
        {due_at === null ? null : (
          <strong className={due_at < now ? "due over" : "due soon"}>
            {due_at < now
              ? t("watch.answer-late", { for: countdown(now - due_at) })
              : t("watch.answer-within", { for: countdown(due_at - now) })}
          </strong>
        )}
      </div>
      {taken === null || state === "answered" ? null : (
        <p>
          <Say k="watch.in-hand" given={{ officer: taken.by, at: <Time at={taken.at} /> }} />
        </p>
      )}
      {state === "escalating" && called !== null ? (
        <p className="called">{t("watch.called-now", { who: whoOf(called.who) })}</p>
      ) : null}
      {next === null ? null : (
        <p className="quiet">
          {next.at <= now
            ? t("watch.called-now", { who: whoOf(next.who) })
            : t("watch.called-next", { who: whoOf(next.who), for: countdown(next.at - now) })}
        </p>
      )}
    </div>
  );
}

/** Alerts that are open or were answered in the last day, each with its one next action; drawn anew where one has changed. */
export const AlertRow = memo(AlertOf, (a, b) => isSame(a.alert, b.alert) && a.onChanged === b.onChanged);

function AlertOf({ alert, onChanged }: { readonly alert: Alert; readonly onChanged: () => void }) {
  const { client, session } = useDesk();
  const { t, phrases } = useWords();
  const may = useMay("take alerts");
  const task = useTask();
  const { message, parties } = alert;
  const open = parties.filter(({ state }) => state !== "answered");
  const taken = open.find((each) => each.taken !== null)?.taken ?? null;
  const mine = taken?.by === session.officer;
  const take = () =>
    task.run(async () => {
      try {
        await client.takeAlert({ params: { hash: message.hash }, body: { expects: taken?.by ?? null } });
      } finally {
        onChanged();
      }
    });
  return (
    <li className={`item alert-row ${alert.sounds ? "overdue" : ""}`}>
      <a className="subject" href={href({ page: "message", hash: message.hash })}>
        {phrases.codes.alert[alert.alert]}: <Words lang={message.lang}>{message.subject}</Words>
      </a>
      <div className="meta stack">
        {parties.map((each) => (
          <AlertParty key={each.party} party={each} own={message.own} />
        ))}
        <ProblemNotice problem={task.problem} />
      </div>
      {open.length === 0 ? null : mine && !message.own ? (
        <a className="button primary act" href={href({ page: "answer", hash: message.hash })}>
          {t("common.answer")}
        </a>
      ) : may && !mine ? (
        <span className="act">
          <Button tone="primary" busy={task.busy} onPress={take}>
            {taken === null ? t("watch.take") : t("watch.take-over", { officer: taken.by })}
          </Button>
        </span>
      ) : null}
    </li>
  );
}
