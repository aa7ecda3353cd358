/** The small pieces that every page is made of. */
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { Icon, type IconName } from "./icon.tsx";
import { useWords } from "../words/say.tsx";
import { detailOf, type Problem, problemWords } from "./problem.ts";

/** A party by its colour, its letter and its name: never by colour alone. */
export function PartyLabel({ name, place }: { readonly name: string; readonly place: number }) {
  return (
    <span className={`party-label party-${place % 4}`}>
      <span className="mark small" aria-hidden="true">
        {name.slice(0, 1)}
      </span>
      <bdi>{name}</bdi>
    </span>
  );
}

export type Tone = "plain" | "good" | "warn" | "grave" | "private";

export function Tag({ tone = "plain", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`tag ${tone}`}>{children}</span>;
}

export function Notice({
  tone,
  children,
}: {
  readonly tone: "plain" | "good" | "warn" | "grave";
  readonly children: ReactNode;
}) {
  return <div className={`notice ${tone}`}>{children}</div>;
}

/** What went wrong, where, and what to do next. */
export function ProblemNotice({ problem }: { readonly problem: Problem | null }) {
  const tongue = useWords();
  if (problem === null) return null;
  const words = problemWords(tongue, problem);
  const detail = words === null ? null : detailOf(problem);
  return (
    <div className="notice grave" role="alert">
      <strong>{words ?? <NodeWords>{`${problem.message} ${problem.next}`}</NodeWords>}</strong>{" "}
      {detail === null ? null : <NodeWords>{detail}</NodeWords>}{" "}
      {problem.said === null ? <span className="fine mono">{problem.code}</span> : null}
    </div>
  );
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

export function Panel({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {aside === undefined ? null : <span className="fine">{aside}</span>}
      </header>
      {children}
    </section>
  );
}

/** What never leaves this node: dashed, striped, in its own colour, and said in words. */
export function PrivateBox({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useWords();
  return (
    <section className="private-box" aria-label={title}>
      <header className="row apart">
        <h2>{title}</h2>
        <span className="private-label">{t("common.private-never-leaves")}</span>
      </header>
      {children}
    </section>
  );
}

export interface ButtonProps {
  readonly children: ReactNode;
  readonly tone?: "plain" | "primary" | "grave" | "quiet";
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly type?: "button" | "submit";
  readonly label?: string;
  readonly onPress?: () => void;
}

export function Button({
  children,
  tone = "plain",
  busy = false,
  disabled = false,
  type = "button",
  label,
  onPress,
}: ButtonProps) {
  const { t } = useWords();
  return (
    <AriaButton
      type={type}
      className={`button ${tone}`}
      isDisabled={disabled || busy}
      {...(label === undefined ? {} : { "aria-label": label })}
      {...(onPress === undefined ? {} : { onPress })}
    >
      {busy ? t("common.working") : children}
    </AriaButton>
  );
}

interface TopButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onPress?: () => void;
}

/** At the top of every page: its word where there is room, its picture where there is not. */
export function TopButton({ icon, label, onPress }: TopButtonProps) {
  return (
    <AriaButton className="button top-button" {...(onPress === undefined ? {} : { onPress })}>
      <Icon name={icon} />
      <span className="top-word">{label}</span>
    </AriaButton>
  );
}

/** The node's own sentence about a detail that has no words in the reader's language: English, and marked as such. */
export function NodeWords({ children }: { readonly children: string }) {
  return (
    <span lang="en" dir="ltr" className="node-words">
      {children}
    </span>
  );
}

/** What a fault of the node's own work is, by its code in the reader's language; then what the network or a command said. */
export function FaultWords({ fault: { code, message } }: { readonly fault: Pick<Problem, "code" | "message"> }) {
  const words = problemWords(useWords(), { code, message, next: "", said: null });
  return (
    <>
      {words} <NodeWords>{message}</NodeWords>
    </>
  );
}

/** Until the first answer of the node has come. */
export function Loading() {
  const { t } = useWords();
  return <p className="quiet">{t("common.loading")}</p>;
}

/** A peer's words: text only, set apart from ours in direction, with its language where that is known. */
export function Words({ children, lang }: { readonly children: string; readonly lang?: string }) {
  return (
    <bdi dir="auto" {...(lang === undefined ? {} : { lang })}>
      {children}
    </bdi>
  );
}
