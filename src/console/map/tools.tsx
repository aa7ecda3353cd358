/** The tools of the map: measure, draw, and what to do with what was drawn. */
import { type Footprint, formatCoordinate, NOTATIONS, pointDistanceM, type Position } from "../../geo/index.ts";
import { handOver } from "../draft/handoff.ts";
import { go } from "../route.ts";
import { useMay } from "../session/desk.ts";
import { metres } from "../view/conflicts.tsx";
import { ChoiceField } from "../view/fields.tsx";
import { Button } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import type { Translate } from "../words/types.ts";
import { DRAWN, type Drawn } from "./draw.ts";

export type Tool = "measure" | Drawn;

export interface ToolsProps {
  readonly tool: Tool | null;
  readonly begin: (tool: Tool) => void;
  readonly stop: () => void;
  readonly measured: readonly Position[];
  readonly drawn: Footprint | null;
}

/** Kinds that are drafted with a shape from the map. */
const WITH_SHAPE = ["activity", "site", "movement", "presence", "report", "warning", "query", "alert"] as const;

export function MapTools({ tool, begin, stop, measured, drawn }: ToolsProps) {
  const { t, phrases } = useWords();
  const mayWrite = useMay("write drafts");
  const tools: readonly Tool[] = mayWrite ? ["measure", ...DRAWN] : ["measure"];
  const fits = (kind: (typeof WITH_SHAPE)[number]) => kind !== "movement" || drawn?.type === "corridor";
  return (
    <div className="stack">
      <div className="row">
        {tools.map((each) => (
          <Button key={each} tone={tool === each ? "primary" : "plain"} onPress={() => begin(each)}>
            {t(`map.${each}`)}
          </Button>
        ))}
        {tool === null ? null : <Button onPress={stop}>{t("map.stop-tool")}</Button>}
      </div>
      {tool === null ? null : <p className="fine">{t(tool === "measure" ? "map.measure-hint" : "map.draw-hint")}</p>}
      {measured.length < 2 ? null : <output className="mono">{measuredWords(t, measured)}</output>}
      {drawn === null ? null : (
        <div className="stack">
          <output>{drawnWords(t, drawn)}</output>
          <p className="fine">{t("map.draft-with")}</p>
          <div className="row">
            {WITH_SHAPE.filter(fits).map((kind) => (
              <Button
                key={kind}
                onPress={() => {
                  handOver(drawn);
                  go({ page: "write", kind, about: null });
                }}
              >
                {phrases.kinds[kind]}
              </Button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function lengthOf(line: readonly Position[]): number {
  return line.slice(1).reduce((sum, at, i) => sum + pointDistanceM(line[i] as Position, at), 0);
}

function measuredWords(t: Translate, points: readonly Position[]): string {
  const [from, to] = points.slice(-2) as [Position, Position];
  return t("map.measured", {
    distance: metres(t, lengthOf(points)),
    leg: metres(t, pointDistanceM(from, to)),
    bearing: Math.round(bearingOf(from, to)),
  });
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Degrees from true north at which one sets out. */
function bearingOf(from: Position, to: Position): number {
  const turn = radians(to.lon - from.lon);
  const y = Math.sin(turn) * Math.cos(radians(to.lat));
  const x =
    Math.cos(radians(from.lat)) * Math.sin(radians(to.lat)) -
    Math.sin(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.cos(turn);
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}

function drawnWords(t: Translate, drawn: Footprint): string {
  switch (drawn.type) {
    case "point":
      return formatCoordinate(drawn.at, "decimal");
    case "circle": {
      const where = formatCoordinate(drawn.centre, "decimal");
      return t("map.drawn-circle", { distance: metres(t, drawn.radius_m), where });
    }
    case "polygon":
      return t("map.drawn-polygon", { count: drawn.rings[0]?.length ?? 0 });
    case "corridor":
      return t("map.drawn-corridor", { distance: metres(t, lengthOf(drawn.line)) });
  }
}

type Notation = (typeof NOTATIONS)[number];

const KEY = "parley.notation";

export function keptNotation(): Notation {
  const kept = window.localStorage.getItem(KEY);
  return NOTATIONS.find((each) => each === kept) ?? "mgrs";
}

export function NotationField({
  value,
  onChange,
}: {
  readonly value: Notation;
  readonly onChange: (value: Notation) => void;
}) {
  const { t } = useWords();
  const options = NOTATIONS.map((each) => ({ value: each, label: t(`map.${each}`) }));
  const choose = (chosen: string) => {
    window.localStorage.setItem(KEY, chosen);
    onChange(chosen as Notation);
  };
  return <ChoiceField label={t("map.notation")} value={value} options={options} onChange={choose} />;
}
