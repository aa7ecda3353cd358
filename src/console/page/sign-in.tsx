import { type FormEvent, useState } from "react";
import { FileTrigger, Button as AriaButton } from "react-aria-components";
import type { NodeFacts } from "../../api/index.ts";
import { useTask } from "../draft/use-task.ts";
import { LanguageField } from "../settings/settings.tsx";
import { BrowserKeys } from "./browser-keys.tsx";
import type { Leaving } from "../session/sign-in.ts";
import { keyFileOwner, type OfficerKey, openOfficerKey, prepareToOpen } from "../session/key.ts";
import { WordsField } from "../view/fields.tsx";
import { Button, Notice, ProblemNotice } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";

const LARGEST_KEY_FILE = 16_384;

interface ChosenFile {
  readonly name: string;
  readonly text: string;
  readonly owner: string;
}

interface SignInProps {
  readonly node: NodeFacts;
  /** Somebody has just signed out here, or his key counts no more. */
  readonly left: Leaving | null;
  readonly onKey: (key: OfficerKey) => Promise<void>;
}

export function SignInPage({ node, left, onKey }: SignInProps) {
  const { t } = useWords();
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const task = useTask();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file !== null) task.run(async () => onKey(await openOfficerKey(file.text, passphrase)));
  };
  return (
    <div className="door">
      {node.exercise ? <ExerciseBanner /> : <div />}
      <main>
        <form className="panel" onSubmit={submit}>
          <span className="wordmark">Parley</span>
          <div>
            <h1>
              <bdi>{node.name}</bdi>
            </h1>
            <p className="quiet">
              <bdi>{node.line_title}</bdi>
            </p>
          </div>
          {left === null ? null : <Notice tone={left === "signed-out" ? "good" : "grave"}>{t(`door.${left}`)}</Notice>}
          <KeyFileField file={file} onFile={setFile} />
          <WordsField
            label={t("door.passphrase")}
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={setPassphrase}
          />
          <LanguageField />
          <ProblemNotice problem={task.problem} />
          <Button type="submit" tone="primary" busy={task.busy} disabled={file === null || passphrase === ""}>
            {t("door.sign-in")}
          </Button>
        </form>
        <BrowserKeys node={node} onKey={onKey} />
      </main>
    </div>
  );
}

function KeyFileField({
  file,
  onFile,
}: {
  readonly file: ChosenFile | null;
  readonly onFile: (file: ChosenFile) => void;
}) {
  const task = useTask();
  const { t } = useWords();
  const read = async (chosen: File) => {
    const text = await chosen.slice(0, LARGEST_KEY_FILE).text();
    onFile({ name: chosen.name, text, owner: keyFileOwner(text).name });
    prepareToOpen();
  };
  return (
    <div className="field">
      <span className="label">{t("door.key-file")}</span>
      <FileTrigger
        onSelect={(list) => {
          const chosen = list?.[0];
          if (chosen !== undefined) task.run(() => read(chosen));
        }}
      >
        <AriaButton className="button">
          {file === null ? t("door.choose-file") : `${file.owner} · ${file.name}`}
        </AriaButton>
      </FileTrigger>
      <span className="hint">{t("door.key-hint")}</span>
      <ProblemNotice problem={task.problem} />
    </div>
  );
}

export function ExerciseBanner() {
  const { t } = useWords();
  const word = t("common.exercise");
  return (
    <section className="exercise-banner" aria-label={word}>
      <span role="note">{word}</span>
      <span className="wide-only" aria-hidden="true">{` · ${word} · ${word}`}</span>
    </section>
  );
}
