/** Keys that live in this browser: sign in with one, make one, remove one. */
import { useEffect, useState } from "react";
import type { NodeFacts } from "../../api/index.ts";
import { keyFingerprint } from "../../crypto/index.ts";
import { nobleSuite } from "../../crypto/noble.ts";
import { useTask } from "../draft/use-task.ts";
import type { OfficerKey } from "../session/key.ts";
import { type KeptKey, keptKeys, keyOf, makeKey, removeKey } from "../session/kept-keys.ts";
import { WordsField } from "../view/fields.tsx";
import { Button, Notice, ProblemNotice } from "../view/pieces.tsx";
import { Missing } from "../view/problem.ts";
import { useWords } from "../words/say.tsx";
import { parseOfficerId } from "../../wire/id.ts";
import { toHex } from "../../wire/bytes.ts";

interface BrowserKeysProps {
  readonly node: NodeFacts;
  readonly onKey: (key: OfficerKey) => Promise<void>;
}

export function BrowserKeys({ node, onKey }: BrowserKeysProps) {
  const { t } = useWords();
  const task = useTask();
  const [kept, setKept] = useState<readonly KeptKey[]>([]);
  const [made, setMade] = useState<KeptKey | null>(null);
  useEffect(() => {
    // Where the browser has no database there is nothing kept to show.
    keptKeys(node.party).then(setKept, () => undefined);
  }, [node.party]);
  const change = async (work: () => Promise<unknown>) => {
    await work();
    setKept(await keptKeys(node.party));
  };
  return (
    <section className="panel" aria-label={t("door.browser-keys")}>
      <h2>{t("door.browser-keys")}</h2>
      {kept.map((key) => (
        <div key={key.officer} className="row">
          <Button disabled={task.busy} onPress={() => task.run(() => onKey(keyOf(key)))}>
            {t("door.sign-in-as", { officer: key.officer })}
          </Button>
          <Button tone="quiet" disabled={task.busy} onPress={() => task.run(() => change(() => removeKey(key)))}>
            {t("door.remove-key", { officer: key.officer })}
          </Button>
        </div>
      ))}
      <ProblemNotice problem={task.problem} />
      {made === null ? null : <Made made={made} />}
      <MakeKey make={(officer) => change(async () => setMade(await makeKey(node.party, officer)))} />
    </section>
  );
}

function MakeKey({ make }: { readonly make: (officer: string) => Promise<void> }) {
  const { t } = useWords();
  const task = useTask();
  const [officer, setOfficer] = useState("");
  const submit = async () => {
    try {
      parseOfficerId(officer.trim());
    } catch {
      throw new Missing((say) => say("door.name-malformed"));
    }
    await make(officer.trim());
    setOfficer("");
  };
  return (
    <details className="stack">
      <summary>{t("door.make-key")}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          task.run(submit);
        }}
      >
        <p className="fine">{t("door.make-note")}</p>
        <WordsField label={t("door.officer-name")} value={officer} onChange={setOfficer} />
        <ProblemNotice problem={task.problem} />
        <div className="row">
          <Button type="submit" busy={task.busy} disabled={officer.trim() === ""}>
            {t("door.make-key")}
          </Button>
        </div>
      </form>
    </details>
  );
}

/** What goes to the administrator, and is compared by voice before the key counts. */
function Made({ made }: { readonly made: KeptKey }) {
  const { t } = useWords();
  return (
    <Notice tone="good">
      <p>{t("door.key-made", { officer: made.officer })}</p>
      <p className="mono break" dir="ltr">
        {`parley officer add --public-key ${toHex(made.publicKey)} --name ${made.officer} --person PERSON --roles ROLES`}
      </p>
      <p className="mono break" dir="ltr">
        {keyFingerprint(nobleSuite, made.publicKey)}
      </p>
    </Notice>
  );
}
