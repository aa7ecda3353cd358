import { useEffect, useRef, useState } from "react";
import type { ExerciseView } from "../exercise.ts";

interface PaneProps {
  readonly party: "northern" | "southern";
  readonly view: ExerciseView;
}

/** A side's own console, as that side's officer has it. The page around it sees nothing of what is inside. */
export function Pane({ party, view }: PaneProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const link = view.links[party];
  const [begun, setBegun] = useState(view.up[party]);
  const [loaded, setLoaded] = useState(false);
  const convoy = party === "northern" ? view.seen.convoy : null;

  // Shown once the node is there, and kept when it goes: the console itself says that its node is down.
  if (view.up[party] && !begun) setBegun(true);

  // Another fragment of the same page: the console goes to the convoy's ladder without being loaded again.
  useEffect(() => {
    if (!loaded || convoy === null || !view.seen.warned || frame.current === null) return;
    frame.current.src = `${link.slice(0, link.indexOf("#"))}#/message/${convoy}`;
  }, [loaded, convoy, view.seen.warned, link]);

  return (
    <section className={`pane pane-${party}`} aria-label={view.names[party]}>
      {begun ? (
        <iframe
          ref={frame}
          title={`Console of ${view.names[party]}`}
          src={link}
          // The console is another origin's page: it cannot lift these limits, and needs its origin to reach its node.
          // oxlint-disable-next-line react/iframe-missing-sandbox
          sandbox="allow-scripts allow-same-origin allow-forms allow-downloads"
          onLoad={() => setLoaded(true)}
        />
      ) : (
        <p className="waiting">Starting…</p>
      )}
    </section>
  );
}
