/** The page that `npm start` opens: two consoles, the wire between them, and the guided minute. */
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import type { ExerciseView } from "../exercise.ts";
import { Guide } from "./guide.tsx";
import { Pane } from "./pane.tsx";
import { Wire } from "./wire.tsx";

type Tab = "guide" | "northern" | "wire" | "southern";

const TABS: Record<Tab, string> = { guide: "Guide", northern: "Northern", wire: "Wire", southern: "Southern" };

function Exercise() {
  const view = useView();
  const [tab, setTab] = useState<Tab>("guide");
  if (view === null) return <p className="waiting">The exercise does not answer. Start it with: npm start</p>;
  return (
    <div className="exercise" data-tab={tab}>
      <div className="exercise-banner" role="note">
        EXERCISE
        <span className="wide-only">
          {" "}
          · invented parties, invented sites on empty ground, nothing leaves this machine
        </span>
      </div>
      <Guide view={view} />
      <div className="stage">
        <Pane party="northern" view={view} />
        <Wire view={view} />
        <Pane party="southern" view={view} />
      </div>
      <nav className="tabs" aria-label="Panes">
        {(Object.keys(TABS) as Tab[]).map((name) => (
          <button key={name} type="button" aria-pressed={tab === name} onClick={() => setTab(name)}>
            {TABS[name]}
          </button>
        ))}
      </nav>
    </div>
  );
}

/** What the host says, as it says it; null while it is not there. */
function useView(): ExerciseView | null {
  const [view, setView] = useState<ExerciseView | null>(null);
  useEffect(() => {
    const source = new EventSource("/view");
    source.addEventListener("message", ({ data }: MessageEvent<string>) => setView(JSON.parse(data) as ExerciseView));
    source.addEventListener("error", () => setView(null));
    return () => source.close();
  }, []);
  return view;
}

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Exercise />
    </StrictMode>,
  );
}
