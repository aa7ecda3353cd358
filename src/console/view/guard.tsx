import { Component, type ReactNode } from "react";
import { useWords } from "../words/say.tsx";
import { Button, ProblemNotice } from "./pieces.tsx";
import { problemOf } from "./problem.ts";

interface GuardState {
  readonly fault: { readonly error: unknown } | null;
}

/** A page that fails takes nothing else with it, and says so. */
export class Guard extends Component<{ readonly children: ReactNode }, GuardState> {
  override readonly state: GuardState = { fault: null };

  static getDerivedStateFromError(error: unknown): GuardState {
    return { fault: { error } };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return <Failed error={fault.error} again={() => this.setState({ fault: null })} />;
  }
}

function Failed({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  const { t } = useWords();
  return (
    <div className="page">
      <p>{t("frame.page-failed")}</p>
      <ProblemNotice problem={problemOf(error)} />
      <div className="row">
        <Button onPress={again}>{t("frame.again")}</Button>
      </div>
    </div>
  );
}
