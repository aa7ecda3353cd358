import type { ExerciseView } from "../exercise.ts";

const SHOWN = 24;
const LETTER = { northern: "N", southern: "S", relief: "R" } as const;

/** What passes between the sides, as anybody on the wire would see it: direction, size, time, bytes that say nothing. */
export function Wire({ view }: { readonly view: ExerciseView }) {
  const newest = view.crossings.slice(-SHOWN).toReversed();
  return (
    <section className="wire" aria-label="On the wire">
      <header>
        <h2>On the wire</h2>
        <p className="fine">sealed parcels; this is all that a carrier sees</p>
      </header>
      <ol>
        {newest.map(({ number, from, to, at, sent, received }) => (
          <li key={number} className="crossing">
            <div className="mono">
              {new Date(at).toISOString().slice(11, 19)}Z{" "}
              <strong aria-label={`${from === null ? "from somebody" : view.names[from]} to ${view.names[to]}`}>
                {from === null ? "·" : LETTER[from]}→{LETTER[to]}
              </strong>{" "}
              {sent.bytes.toLocaleString("en")} B
            </div>
            <div className="hex">{sent.head.slice(-48)}…</div>
            <div className="mono back">
              {received === null ? "no answer" : `← ${received.bytes.toLocaleString("en")} B`}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
