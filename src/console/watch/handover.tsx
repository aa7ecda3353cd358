/** Handing over the watch: what the node says is open, the officer's words, both signatures over the same bytes. */
import { useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { Handover } from "../../api/index.ts";
import { signCose } from "../../crypto/index.ts";
import { nobleSuite } from "../../crypto/noble.ts";
import {
  decodeHandover,
  type Handover as Decoded,
  HANDOVER_GIVEN,
  HANDOVER_LIMITS,
  HANDOVER_TAKEN,
  handoverId,
} from "../../line/index.ts";
import { fromBase64, toBase64 } from "../../wire/bytes.ts";
import { useTask } from "../draft/use-task.ts";
import { useResource } from "../live/use-resource.ts";
import { href } from "../route.ts";
import { useDesk, useMay } from "../session/desk.ts";
import { useParties } from "../session/status.ts";
import { WordsField } from "../view/fields.tsx";
import { Button, Notice, Panel, ProblemNotice, Tag, Words } from "../view/pieces.tsx";
import { Due, Time } from "../view/time.tsx";
import { Say, useWords } from "../words/say.tsx";

type Open = { readonly how: "give" } | { readonly how: "take"; readonly handover: Handover } | null;

export function HandoverPanel() {
  const { client, session } = useDesk();
  const { t } = useWords();
  const may = useMay("hand over the watch");
  const last = useResource(
    "handover",
    async () => (may ? (await client.handovers({ query: { limit: 1 } })).handovers[0] : undefined) ?? null,
    ["handover"],
  );
  const [open, setOpen] = useState<Open>(null);
  if (!may) return null;
  const handover = last.value;
  const waits = handover !== null && handover.taken === null;
  return (
    <Panel title={t("handover.title")}>
      <ProblemNotice problem={last.problem} />
      {handover === null ? null : handover.taken === null ? (
        <Notice tone="warn">
          <Say k="handover.waits-for" given={{ officer: handover.given_by, at: <Time at={handover.at} /> }} />
        </Notice>
      ) : (
        <p className="quiet">
          <Say
            k="handover.taken-by"
            given={{ from: handover.given_by, by: handover.taken.by, at: <Time at={handover.taken.at} /> }}
          />
        </p>
      )}
      <div className="row">
        {waits && handover.given_by !== session.officer ? (
          <Button tone="primary" onPress={() => setOpen({ how: "take", handover })}>
            {t("handover.take")}
          </Button>
        ) : null}
        <Button onPress={() => setOpen({ how: "give" })}>{t("handover.give")}</Button>
      </div>
      {open === null ? null : (
        <ModalOverlay className="modal-ground" isOpen isDismissable onOpenChange={() => setOpen(null)}>
          <Modal className="modal">
            <Dialog className="dialog wide">
              {open.how === "give" ? (
                <Give onDone={() => setOpen(null)} />
              ) : (
                <Take handover={open.handover} onDone={() => setOpen(null)} />
              )}
            </Dialog>
          </Modal>
        </ModalOverlay>
      )}
    </Panel>
  );
}

/** What is signed is read here, out of the bytes; what the node says beside them is not looked at. */
function readOwn({ id, bytes }: Handover): Decoded {
  const signed = fromBase64(bytes);
  if (handoverId(nobleSuite, signed) !== id) throw new Error("The bytes are not the ones of this handover.");
  return decodeHandover(signed);
}

function Give({ onDone }: { readonly onDone: () => void }) {
  const { client, signer } = useDesk();
  const { t } = useWords();
  const task = useTask();
  const [words, setWords] = useState("");
  const [composed, setComposed] = useState<Handover | null>(null);
  const compose = () =>
    task.run(async () => {
      const made = await client.composeHandover({ body: { words } });
      readOwn(made);
      setComposed(made);
    });
  const sign = ({ id, bytes }: Handover) =>
    task.run(async () => {
      const signature = toBase64(await signCose(HANDOVER_GIVEN, fromBase64(bytes), signer));
      await client.giveHandover({ params: { id }, body: { signature } });
      onDone();
    });
  return (
    <>
      <Heading slot="title">{t("handover.give-title")}</Heading>
      <p className="quiet">{t("handover.give-about")}</p>
      {composed === null ? (
        <WordsField
          label={t("handover.words")}
          value={words}
          onChange={(value) => setWords(value.slice(0, HANDOVER_LIMITS.words))}
          rows={4}
        />
      ) : (
        <HandoverText handover={readOwn(composed)} />
      )}
      <ProblemNotice problem={task.problem} />
      <div className="row">
        {composed === null ? (
          <Button tone="primary" busy={task.busy} onPress={compose}>
            {t("handover.compose")}
          </Button>
        ) : (
          <Button tone="primary" busy={task.busy} onPress={() => sign(composed)}>
            {t("handover.sign")}
          </Button>
        )}
        <Button onPress={onDone}>{t("common.cancel")}</Button>
      </div>
    </>
  );
}

function Take({ handover, onDone }: { readonly handover: Handover; readonly onDone: () => void }) {
  const { client, signer } = useDesk();
  const { t } = useWords();
  const task = useTask();
  const sign = () =>
    task.run(async () => {
      readOwn(handover);
      const signature = toBase64(await signCose(HANDOVER_TAKEN, fromBase64(handover.bytes), signer));
      await client.takeHandover({ params: { id: handover.id }, body: { signature } });
      onDone();
    });
  return (
    <>
      <Heading slot="title">{t("handover.take-title")}</Heading>
      <HandoverText handover={readOwn(handover)} />
      <ProblemNotice problem={task.problem} />
      <div className="row">
        <Button tone="primary" busy={task.busy} onPress={sign}>
          {t("handover.take-sign")}
        </Button>
        <Button onPress={onDone}>{t("common.cancel")}</Button>
      </div>
    </>
  );
}

function HandoverText({ handover: { at, given_by, facts, words } }: { readonly handover: Decoded }) {
  const { t, phrases } = useWords();
  const { nameOf } = useParties();
  return (
    <div className="stack">
      <p>
        <Say k="handover.as-of" given={{ at: <Time at={at} seconds />, officer: given_by }} />
      </p>
      {facts.alerts.length === 0 ? <p className="quiet">{t("handover.no-alert")}</p> : null}
      <ul className="stack tight">
        {facts.alerts.map(({ message, alert, state, subject }) => (
          <li key={message} className="row">
            <Tag tone="grave">{phrases.codes.alert[alert]}</Tag>
            <a href={href({ page: "message", hash: message })}>
              <Words>{subject}</Words>
            </a>
            <span>{t(`watch.state-${state}`)}</span>
          </li>
        ))}
      </ul>
      {facts.waiting.length === 0 ? <p className="quiet">{t("handover.nothing-waits")}</p> : null}
      <ul className="stack tight" aria-label={t("handover.waiting")}>
        {facts.waiting.map(({ message, kind, subject, due_at }) => (
          <li key={message} className="row">
            <Tag>{phrases.kinds[kind]}</Tag>
            <Words>{subject}</Words>
            <Due at={due_at} />
          </li>
        ))}
      </ul>
      {facts.more === 0 ? null : <p>{t("handover.more", { count: facts.more })}</p>}
      <p>{t("handover.counts", { drafts: facts.drafts, conflicts: facts.conflicts, unopened: facts.unopened })}</p>
      <ul className="stack tight">
        {facts.lines.map((line) => (
          <li key={line.party} className="fine">
            <bdi>{nameOf(line.party)}</bdi>{" "}
            {line.last_heard_at === null ? t("watch.never-heard") : <Time at={line.last_heard_at} />}{" "}
            {t("watch.backlog", {
              fetch: line.to_fetch,
              open: 0,
              us: line.receipts_owed_to_us,
              them: line.receipts_owed_by_us,
            })}
          </li>
        ))}
      </ul>
      {words === "" ? (
        <p className="quiet">{t("handover.no-words")}</p>
      ) : (
        <blockquote className="handover-words">
          <Words>{words}</Words>
        </blockquote>
      )}
      <p className="fine">{t("handover.stays-here")}</p>
    </div>
  );
}
