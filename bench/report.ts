/** What a bench measured: each figure beside its peer's, the ratio, and whether the goal is met. */

export interface Measure {
  /** Kebab-case; a name that once stood in a report stays. */
  readonly measure: string;
  readonly value: number | null;
  readonly unit: string;
  /** Who the figure is beside: another program, or a bound; null: nobody. */
  readonly peer: string | null;
  readonly peer_value: number | null;
  /** Above 1 where we are better than the peer. */
  readonly ratio: number | null;
  readonly goal: string | null;
  /** null: there is no goal, or it could not be tried. */
  readonly met: boolean | null;
  /** What a reader must know, and always where a goal is missed or could not be tried. */
  readonly why?: string;
}

export interface Report {
  readonly bench: string;
  readonly measures: readonly Measure[];
  /** What ended before its end other than by missing a goal; null: nothing. */
  readonly broken: string | null;
}

type Better = "higher" | "lower";

interface Figure {
  readonly measure: string;
  readonly unit: string;
  readonly value: number;
  readonly why?: string;
}

interface PeerFigure extends Figure {
  readonly better: Better;
  /** null where the peer is not here; `why` says so. */
  readonly peer: string | null;
  readonly peerValue: number | null;
  /** The ratio asked for; null where there is no goal. */
  readonly times: number | null;
}

/** A figure beside another program's, measured in the same run. */
export function besidePeer(figure: PeerFigure): Measure {
  const { measure, unit, value, better, peer, peerValue, times } = figure;
  const ratio = peerValue === null ? null : ratioOf(value, peerValue, better);
  const goal = times === null ? null : `at least ${number(times)} times`;
  const met = ratio === null || times === null ? null : ratio >= times;
  return { measure, value, unit, peer, peer_value: peerValue, ratio, goal, met, ...whyOf(figure) };
}

interface BoundFigure extends Figure {
  readonly atMost: number;
}

/** A figure beside what it may be at most. */
export function besideBound(figure: BoundFigure): Measure {
  const { measure, unit, value, atMost } = figure;
  const ratio = ratioOf(value, atMost, "lower");
  const goal = `at most ${number(atMost)} ${unit}`;
  return {
    measure,
    value,
    unit,
    peer: "bound",
    peer_value: atMost,
    ratio,
    goal,
    met: value <= atMost,
    ...whyOf(figure),
  };
}

/** A figure for the reader, without a goal. */
export function alone(figure: Figure): Measure {
  const { measure, unit, value } = figure;
  return { measure, value, unit, peer: null, peer_value: null, ratio: null, goal: null, met: null, ...whyOf(figure) };
}

/** A goal that could not be reached at all: the run ended before it. */
export function missed(measure: string, unit: string, goal: string | null, why: string): Measure {
  return { measure, value: null, unit, peer: null, peer_value: null, ratio: null, goal, met: false, why };
}

function whyOf({ why }: Figure): { readonly why?: string } {
  return why === undefined ? {} : { why };
}

/** null where a zero leaves nothing to compare. */
function ratioOf(value: number, peer: number, better: Better): number | null {
  const [over, under] = better === "higher" ? [value, peer] : [peer, value];
  return under === 0 ? null : over / under;
}

/** Three significant digits below a thousand, whole numbers with thousands marked above. */
export function number(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}

const HEADS = ["measure", "value", "peer", "peer's value", "ratio", "goal", "met"];

/** The figures in columns, and below them what a reader must know. */
export function tableOf({ bench, measures }: Report): string {
  const rows = measures.map((measure) => cellsOf(measure));
  const widths = HEADS.map((head, i) => Math.max(head.length, ...rows.map((row) => (row[i] as string).length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] as number))
      .join("  ")
      .trimEnd();
  const reasons = Map.groupBy(
    measures.filter(({ why }) => why !== undefined),
    ({ why }) => why as string,
  );
  const notes = [...reasons].map(([why, of]) => `${of.map(({ measure }) => measure).join(", ")}: ${why}`);
  const table = [HEADS, ...rows].map(line);
  return [`bench ${bench}`, "", ...table, ...(notes.length === 0 ? [] : ["", ...notes])].join("\n");
}

function cellsOf({ measure, value, unit, peer, peer_value, ratio, goal, met }: Measure): readonly string[] {
  const shown = (figure: number | null) => (figure === null ? "none" : `${number(figure)} ${unit}`);
  const verdict = met === null ? "not tried" : met ? "yes" : "NO";
  return [
    measure,
    shown(value),
    peer ?? "",
    peer === null ? "" : shown(peer_value),
    ratio === null ? "" : `${number(ratio)} x`,
    goal ?? "",
    goal === null ? "" : verdict,
  ];
}

/** One line, for programs. */
export function jsonOf({ bench, measures }: Report): string {
  const told = measures.map((measure) => ({
    ...measure,
    value: short(measure.value),
    peer_value: short(measure.peer_value),
    ratio: short(measure.ratio),
  }));
  return JSON.stringify({ bench, measures: told });
}

function short(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}
