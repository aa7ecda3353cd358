/** The console from its door on: find out which node this is, sign in, then the frame around the pages. */
import { useCallback, useEffect, useState } from "react";
import type { NodeFacts } from "../api/index.ts";
import { Frame } from "./frame.tsx";
import { SignInPage } from "./page/sign-in.tsx";
import { type Desk, DeskContext } from "./session/desk.ts";
import { takeExerciseLink } from "./session/exercise-link.ts";
import { type OfficerKey, openOfficerKey, prepareToOpen } from "./session/key.ts";
import { type Leaving, openDesk, publicClient } from "./session/sign-in.ts";
import { ProblemNotice } from "./view/pieces.tsx";
import { type Problem, problemOf } from "./view/problem.ts";
import { useWords } from "./words/say.tsx";

const RETRY_MS = 700;
/** Asked as soon as this script runs, while the language is still on its way. */
let firstAnswer: Promise<NodeFacts> | null = publicClient.node();
firstAnswer.catch(() => undefined);
/** Used once: an officer who has signed out stays signed out. */
let link = takeExerciseLink();
if (link !== null) prepareToOpen();

export function App() {
  const { t } = useWords();
  const { node, problem } = useNode();
  const [desk, setDesk] = useState<Desk | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [left, setLeft] = useState<Leaving | null>(null);
  const [entering, setEntering] = useState(link !== null);

  const enter = useCallback(
    async (key: OfficerKey) => {
      if (node !== null)
        setDesk(
          await openDesk(node, key, (why) => {
            setDesk(null);
            setLeft(why);
          }),
        );
    },
    [node],
  );

  useEffect(() => {
    if (link === null || node === null) return;
    const { keyFile, passphrase } = link;
    link = null;
    const signIn = async () => {
      // Outside of an exercise such a link is nothing: whoever made it gets the ordinary door.
      if (!node.exercise) return;
      await enter(await openOfficerKey(keyFile, passphrase));
    };
    void signIn()
      .catch((error: unknown) => setFault(problemOf(error)))
      .finally(() => setEntering(false));
  }, [node, enter]);

  useEffect(() => {
    document.title =
      node === null ? "Parley" : `${node.exercise ? `${t("common.exercise")} · ` : ""}${node.name} · Parley`;
  }, [node, t]);

  if (desk !== null) {
    return (
      <DeskContext value={desk}>
        <Frame />
      </DeskContext>
    );
  }
  if (node === null) return <Waiting problem={problem} words={t("door.asking")} />;
  if (entering) return <Waiting problem={null} words={t("door.signing-in")} />;
  return (
    <>
      <ProblemNotice problem={fault} />
      <SignInPage node={node} left={left} onKey={enter} />
    </>
  );
}

function Waiting({ problem, words }: { readonly problem: Problem | null; readonly words: string }) {
  return (
    <div className="door">
      <div />
      <main>
        <div className="panel">
          <span className="wordmark">Parley</span>
          <p>{words}</p>
          <ProblemNotice problem={problem} />
        </div>
      </main>
    </div>
  );
}

/** What the node says of itself before sign-in; asked again until it answers. */
function useNode(): { readonly node: NodeFacts | null; readonly problem: Problem | null } {
  const [node, setNode] = useState<NodeFacts | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        const asked = firstAnswer ?? publicClient.node();
        firstAnswer = null;
        const facts = await asked;
        if (!over) setNode(facts);
      } catch (error) {
        if (over) return;
        setProblem(problemOf(error));
        timer = setTimeout(() => void ask(), RETRY_MS);
      }
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, []);
  return { node, problem };
}
