import { type ReactNode, useState } from "react";
import type { ExerciseView } from "../exercise.ts";

type Deed = "stop" | "start" | "verify";

/** Five steps. Each lights up when the nodes themselves say that it has happened. */
export function Guide({ view }: { readonly view: ExerciseView }) {
  const { seen, deeds } = view;
  const restarted = deeds.before !== null && deeds.after !== null;
  const done = [seen.arrived, seen.warned, seen.answered, restarted, deeds.verify?.ok === true];
  const next = done.indexOf(false);
  const [shown, setShown] = useState(false);
  const texts: readonly { title: string; body: ReactNode }[] = [
    {
      title: "A movement arrives",
      body: "Northern tells of a relief convoy: drafted by one officer, released by another, sealed, carried.",
    },
    { title: "Southern alone is warned", body: <Warned view={view} /> },
    {
      title: "You press Release",
      body: "Southern’s first officer drafted a CONCERN. You are its second: in Southern’s console press Review, then Release. Watch Northern’s ladder climb.",
    },
    { title: "Stop a node, start it", body: <Restart view={view} /> },
    { title: "A stranger verifies", body: <Verify view={view} shown={shown} onShow={() => setShown(!shown)} /> },
  ];
  return (
    <section className="guide" aria-label="The guided minute">
      <ol>
        {texts.map(({ title, body }, i) => (
          <li
            key={title}
            className={done[i] ? "done" : i === next ? "now" : "later"}
            {...(i === next ? { "aria-current": "step" as const } : {})}
          >
            <h2 aria-label={done[i] ? `${title}: done` : title}>
              <span className="number" aria-hidden="true">
                {done[i] ? "✓" : i + 1}
              </span>
              {title}
            </h2>
            <div className="body">{body}</div>
          </li>
        ))}
      </ol>
      {shown && deeds.verify !== null ? (
        <div className="output">
          <p className="fine">Run it yourself:</p>
          <pre>{deeds.verify.command}</pre>
          <pre>{deeds.verify.output}</pre>
        </div>
      ) : null}
      {view.trouble === null ? null : <p className="notice warn">{view.trouble}</p>}
    </section>
  );
}

function Warned({ view }: { readonly view: ExerciseView }) {
  const { distance_m } = view.seen;
  if (distance_m === null) return <>Its own plan, which only its node knows, is compared with what it was told.</>;
  return (
    <>
      Its private plan KESTREL comes within {Math.round(distance_m).toLocaleString("en")} m of the road, in the convoy’s
      hour. No other side learns of it.
    </>
  );
}

function Restart({ view }: { readonly view: ExerciseView }) {
  const { before, after } = view.deeds;
  const up = view.up.southern;
  return (
    <>
      <p>
        {up
          ? "Kill Southern’s process as a power cut would, then start it."
          : "Southern is down. Relief has told something meanwhile. Start it again."}
      </p>
      {before === null ? null : (
        <p className="counts mono">
          before {total(before.entries)} entries, {before.messages} messages
          {after === null ? null : (
            <>
              <br />
              after {total(after.entries)} entries, {after.messages} messages
              <br />
              <strong>lost {lost(before.entries, after.entries)}</strong>
            </>
          )}
        </p>
      )}
      {up ? <DeedButton deed="stop">Stop Southern</DeedButton> : <DeedButton deed="start">Start Southern</DeedButton>}
    </>
  );
}

type Entries = NonNullable<ExerciseView["deeds"]["before"]>["entries"];

const total = (entries: Entries): number => Object.values(entries).reduce((sum, size) => sum + size, 0);

/** Entries that the node held before and does not hold now. */
function lost(before: Entries, after: Entries): number {
  return (Object.keys(before) as (keyof Entries)[]).reduce(
    (sum, party) => sum + Math.max(0, before[party] - after[party]),
    0,
  );
}

interface VerifyProps {
  readonly view: ExerciseView;
  readonly shown: boolean;
  readonly onShow: () => void;
}

function Verify({ view, shown, onShow }: VerifyProps) {
  const { verify } = view.deeds;
  return (
    <>
      <p>From an export and three fingerprints alone.</p>
      <DeedButton deed="verify" disabled={!view.seen.answered}>
        Verify the convoy
      </DeedButton>
      {verify === null ? null : (
        <button type="button" className="printed" aria-expanded={shown} onClick={onShow}>
          <strong className={verify.ok ? "ok" : "bad"}>{verify.ok ? "OK" : "It does not hold"}</strong>, what it printed
        </button>
      )}
    </>
  );
}

function DeedButton({
  deed,
  disabled = false,
  children,
}: {
  readonly deed: Deed;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  const [busy, setBusy] = useState(false);
  const press = () => {
    setBusy(true);
    void fetch(`/do/${deed}`, { method: "POST" }).finally(() => setBusy(false));
  };
  return (
    <button type="button" className="button" disabled={disabled || busy} onClick={press}>
      {busy ? "Working…" : children}
    </button>
  );
}
