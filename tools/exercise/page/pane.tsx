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
  const [src, setSrc] = useState<string | null>(null);
  const [loaded, setLoaded] = useState(false);
  const up = view.up[party];
  const convoy = party === "northern" ? view.seen.convoy : null;

  // The first address signs in; it is set once the node is there, and not again when the node comes back.
  useEffect(() => {
    if (up) setSrc((before) => before ?? link);
  }, [up, link]);

  // Another fragment of the same page: the console goes to the convoy's ladder without being loaded again.
  useEffect(() => {
    if (!loaded || convoy === null || !view.seen.warned || frame.current === null) return;
    frame.current.src = `${link.slice(0, link.indexOf("#"))}#/message/${convoy}`;
  }, [loaded, convoy, view.seen.warned, link]);

  return (
    <section className={`pane pane-${party}`} aria-label={view.names[party]}>
      {src === null ? <p className="waiting">Starting…</p> : <iframe ref={frame} title={`Console of ${view.names[party]}`} src={src} onLoad={() => setLoaded(true)} />}
    </section>
  );
}
