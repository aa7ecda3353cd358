/** A route as it is typed: positions with their times, how far ahead or behind, and the width of the corridor round it. */
import { type Footprint, formatCoordinate, formatTime } from "../../geo/index.ts";
import type { BodyOf } from "../../message/index.ts";
import { Group, WordsField } from "../view/fields.tsx";
import { Button } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import { type FieldsProps, need, optional, timeText, wordsOrNull } from "./form.ts";
import { CoordinateField, NumberField, readNumber, readPosition, readTime, TimeField } from "./place-fields.tsx";

interface Waypoint {
  readonly position: string;
  readonly at: string;
  readonly name: string;
}

export interface RouteText {
  readonly route: readonly Waypoint[];
  /** In minutes. */
  readonly tolerance: string;
  readonly width: string;
}

const HOUR = 3_600_000;
const NO_WAYPOINT: Waypoint = { position: "", at: "", name: "" };

/** What is told names its waypoints; a plan keeps no names of them. */
export function RouteFields({ value, set, names = true }: FieldsProps<RouteText> & { readonly names?: boolean }) {
  const { t } = useWords();
  const setPoint = (i: number, change: Partial<Waypoint>) =>
    set({ route: value.route.map((point, at) => (at === i ? { ...point, ...change } : point)) });
  return (
    <>
      {value.route.map((point, i) => (
        <WaypointFields key={i} number={i + 1} names={names} value={point} set={(change) => setPoint(i, change)} />
      ))}
      <div className="row">
        <Button onPress={() => set({ route: [...value.route, NO_WAYPOINT] })}>{t("write.add-waypoint")}</Button>
        {value.route.length > 2 ? (
          <Button onPress={() => set({ route: value.route.slice(0, -1) })}>{t("write.remove-waypoint")}</Button>
        ) : null}
      </div>
      <div className="pair">
        <NumberField
          label={t("write.tolerance")}
          unit="minutes"
          min={0}
          max={10_080}
          value={value.tolerance}
          onChange={(tolerance) => set({ tolerance })}
        />
        <NumberField
          label={t("write.width")}
          unit="metres"
          min={1}
          max={100_000}
          value={value.width}
          onChange={(width) => set({ width })}
        />
      </div>
    </>
  );
}

interface WaypointProps extends FieldsProps<Waypoint> {
  readonly number: number;
  readonly names: boolean;
}

function WaypointFields({ number, names, value, set }: WaypointProps) {
  const { t } = useWords();
  return (
    <Group legend={t("write.waypoint", { number })}>
      <CoordinateField label={t("write.position")} value={value.position} onChange={(position) => set({ position })} />
      <div className="pair">
        <TimeField label={t("write.time")} value={value.at} onChange={(at) => set({ at })} />
        {names ? <WordsField label={t("write.name")} value={value.name} onChange={(name) => set({ name })} /> : null}
      </div>
    </Group>
  );
}

/** What was typed, in the JSON form of a movement's route. */
export function routeOf(value: RouteText) {
  return {
    route: value.route.map((point, i) => ({
      position: need(readPosition(point.position), (t) => t("missing.waypoint-position", { number: i + 1 })),
      at: optional(readTime(point.at)),
      name: wordsOrNull(point.name),
    })),
    tolerance_s: Math.round(need(readNumber(value.tolerance, 0, 10_080), (t) => t("missing.tolerance")) * 60),
    width_m: need(readNumber(value.width, 1, 100_000), (t) => t("missing.width")),
  };
}

/** What would have to be typed for a route. */
export function routeText({
  route,
  tolerance_s,
  width_m,
}: Pick<BodyOf<"movement">, "route" | "tolerance_s" | "width_m">): RouteText {
  return {
    route: route.map(({ position, at, name }) => ({
      position: formatCoordinate(position, "decimal"),
      at: timeText(at),
      name: name ?? "",
    })),
    tolerance: String(tolerance_s / 60),
    width: String(width_m),
  };
}

/** From end to end in two hours; a line from the map gives the positions between. */
export function emptyRoute(now: number, drawn: Footprint | null): RouteText {
  const positions = drawn?.type === "corridor" ? drawn.line.map((at) => formatCoordinate(at, "decimal")) : ["", ""];
  const hour = now - (now % HOUR);
  const route = positions.map((position, i) => {
    const at = i === 0 ? formatTime(hour + 3 * HOUR) : i === positions.length - 1 ? formatTime(hour + 5 * HOUR) : "";
    return { ...NO_WAYPOINT, position, at };
  });
  return { route, tolerance: "15", width: "500" };
}
