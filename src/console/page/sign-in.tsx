import { type FormEvent, useState } from "react";
import { FileTrigger, Button as AriaButton } from "react-aria-components";
import type { NodeFacts } from "../../api/index.ts";
import { keyFileOwner, type OfficerKey, openOfficerKey } from "../session/key.ts";
import { WordsField } from "../view/fields.tsx";
import { Button, PartyLabel, ProblemNotice } from "../view/pieces.tsx";
import { type Problem, problemOf } from "../view/problem.ts";

const LARGEST_KEY_FILE = 16_384;

export function SignInPage({ node, onKey }: { readonly node: NodeFacts; readonly onKey: (key: OfficerKey) => Promise<void> }) {
  const [file, setFile] = useState<{ name: string; text: string; owner: string } | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const choose = async (list: FileList | null) => {
    const chosen = list?.[0];
    if (chosen === undefined) return;
    try {
      const text = await chosen.slice(0, LARGEST_KEY_FILE).text();
      setFile({ name: chosen.name, text, owner: keyFileOwner(text).name });
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (file === null) return;
    setBusy(true);
    setProblem(null);
    try {
      await onKey(await openOfficerKey(file.text, passphrase));
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };

  return (
    <div className="door">
      {node.exercise ? <ExerciseBanner /> : <div />}
      <main>
        <form className="panel" onSubmit={(event) => void submit(event)}>
          <span className="wordmark">Parley</span>
          <div>
            <h1>
              <PartyLabel name={node.name} place={0} />
            </h1>
            <p className="quiet">
              <bdi>{node.line_title}</bdi>
            </p>
          </div>
          <div className="field">
            <span className="label">Your key file</span>
            <FileTrigger onSelect={(list) => void choose(list)}>
              <AriaButton className="button">{file === null ? "Choose key file…" : `${file.owner} · ${file.name}`}</AriaButton>
            </FileTrigger>
            <span className="hint">It is opened in this page and never sent to the node.</span>
          </div>
          <WordsField label="Passphrase" type="password" autoComplete="current-password" value={passphrase} onChange={setPassphrase} />
          <ProblemNotice problem={problem} />
          <Button type="submit" tone="primary" busy={busy} disabled={file === null || passphrase === ""}>
            Sign in
          </Button>
        </form>
      </main>
    </div>
  );
}

export function ExerciseBanner() {
  return (
    <div className="exercise-banner" role="note">
      EXERCISE<span className="wide-only"> · EXERCISE · EXERCISE</span>
    </div>
  );
}
