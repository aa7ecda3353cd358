import { formatTime } from "../../geo/index.ts";
import { CODES, phraseOf } from "../../message/index.ts";
import { ChoiceField, Group, WordsField } from "../view/fields.tsx";
import { Button } from "../view/pieces.tsx";
import { codeOptions } from "./codes.ts";
import { type FieldsProps, type Form, Missing, need, optional, wholeOrNull, wordsOrNull } from "./form.ts";
import { CoordinateField, NumberField, readNumber, readPosition, readTime, TimeField } from "./place-fields.tsx";

interface Waypoint {
  readonly position: string;
  readonly at: string;
  readonly name: string;
}

interface Movement {
  readonly phase: string;
  readonly decision: string;
  readonly route: readonly Waypoint[];
  readonly tolerance: string;
  readonly width: string;
  readonly type: string;
  readonly count: string;
  readonly marks: string;
  readonly night: string;
  readonly people: string;
  readonly children: string;
  readonly wounded: string;
  readonly escort: string;
  readonly escortWords: string;
  readonly means: string;
  readonly number: string;
  readonly who: string;
  readonly remarks: string;
}

const HOUR = 3_600_000;
const NO_WAYPOINT: Waypoint = { position: "", at: "", name: "" };

function Fields({ value, set }: FieldsProps<Movement>) {
  const setPoint = (i: number, change: Partial<Waypoint>) =>
    set({ route: value.route.map((point, at) => (at === i ? { ...point, ...change } : point)) });
  return (
    <>
      <div className="pair">
        <ChoiceField
          label="Phase"
          value={value.phase}
          options={codeOptions("movement_phase")}
          onChange={(phase) => set({ phase })}
        />
        <ChoiceField
          label="Your decision"
          value={value.decision}
          options={CODES.movement_decision.map((code) => ({ value: code, label: phraseOf("movement_decision", code) }))}
          onChange={(decision) => set({ decision })}
          hint="Yours alone: no answer of theirs is a permission."
        />
      </div>
      {value.route.map((point, i) => (
        <Group key={i} legend={`Waypoint ${i + 1}`}>
          <CoordinateField label="Position" value={point.position} onChange={(position) => setPoint(i, { position })} />
          <div className="pair">
            <TimeField label="Time" value={point.at} onChange={(at) => setPoint(i, { at })} />
            <WordsField label="Name" value={point.name} onChange={(name) => setPoint(i, { name })} />
          </div>
        </Group>
      ))}
      <div className="row">
        <Button onPress={() => set({ route: [...value.route, NO_WAYPOINT] })}>Add a waypoint</Button>
        {value.route.length > 2 ? (
          <Button onPress={() => set({ route: value.route.slice(0, -1) })}>Remove the last</Button>
        ) : null}
      </div>
      <div className="pair">
        <NumberField
          label="Ahead or behind by up to"
          unit="minutes"
          min={0}
          max={10_080}
          value={value.tolerance}
          onChange={(tolerance) => set({ tolerance })}
        />
        <NumberField
          label="Whole width of the corridor"
          unit="metres"
          min={1}
          max={100_000}
          value={value.width}
          onChange={(width) => set({ width })}
        />
      </div>
      <WhoFields value={value} set={set} />
    </>
  );
}

function WhoFields({ value, set }: FieldsProps<Movement>) {
  return (
    <>
      <Group legend="Vehicles">
        <div className="pair">
          <WordsField label="Type" value={value.type} onChange={(type) => set({ type })} />
          <NumberField
            label="How many"
            unit=""
            min={1}
            max={1000}
            value={value.count}
            onChange={(count) => set({ count })}
          />
        </div>
        <div className="pair">
          <WordsField label="Marks by day" value={value.marks} onChange={(marks) => set({ marks })} />
          <WordsField label="Marks by night" value={value.night} onChange={(night) => set({ night })} />
        </div>
      </Group>
      <Group legend="People">
        <div className="pair">
          <NumberField
            label="In all"
            unit=""
            min={0}
            max={1_000_000}
            value={value.people}
            onChange={(people) => set({ people })}
          />
          <NumberField
            label="Children among them"
            unit=""
            min={0}
            max={1_000_000}
            value={value.children}
            onChange={(children) => set({ children })}
          />
          <NumberField
            label="Wounded among them"
            unit=""
            min={0}
            max={1_000_000}
            value={value.wounded}
            onChange={(wounded) => set({ wounded })}
          />
        </div>
      </Group>
      <EscortFields value={value} set={set} />
      <WordsField label="Remarks" rows={3} value={value.remarks} onChange={(remarks) => set({ remarks })} />
    </>
  );
}

function EscortFields({ value, set }: FieldsProps<Movement>) {
  return (
    <Group legend="Escort and contact">
      <div className="pair">
        <ChoiceField
          label="Escort"
          value={value.escort}
          options={[{ value: "", label: "not said" }, ...codeOptions("escort")]}
          onChange={(escort) => set({ escort })}
        />
        <WordsField
          label="About the escort"
          value={value.escortWords}
          onChange={(escortWords) => set({ escortWords })}
        />
      </div>
      <div className="pair">
        <ChoiceField
          label="Reached by"
          value={value.means}
          options={codeOptions("contact_means")}
          onChange={(means) => set({ means })}
        />
        <WordsField label="Number or frequency" value={value.number} onChange={(number) => set({ number })} />
        <WordsField label="Who answers" value={value.who} onChange={(who) => set({ who })} />
      </div>
    </Group>
  );
}

function routeOf(value: Movement) {
  return value.route.map((point, i) => ({
    position: need(readPosition(point.position), `The position of waypoint ${i + 1}`),
    at: optional(readTime(point.at)),
    name: wordsOrNull(point.name),
  }));
}

function peopleOf(value: Movement) {
  const total = wholeOrNull(value.people, 1_000_000);
  const children = wholeOrNull(value.children, 1_000_000);
  const wounded = wholeOrNull(value.wounded, 1_000_000);
  if (total === null && (children !== null || wounded !== null))
    throw new Missing("How many people there are in all is missing.");
  return total === null ? null : { total, children, wounded };
}

export const MOVEMENT_FORM: Form<Movement> = {
  empty: (now) => ({
    phase: "planned",
    decision: "undecided",
    route: [
      { ...NO_WAYPOINT, at: formatTime(now - (now % HOUR) + 3 * HOUR) },
      { ...NO_WAYPOINT, at: formatTime(now - (now % HOUR) + 5 * HOUR) },
    ],
    tolerance: "15",
    width: "500",
    type: "",
    count: "1",
    marks: "",
    night: "",
    people: "",
    children: "",
    wounded: "",
    escort: "",
    escortWords: "",
    means: "radio",
    number: "",
    who: "",
    remarks: "",
  }),
  Fields,
  body: (value) => ({
    phase: value.phase,
    decision: value.decision,
    route: routeOf(value),
    tolerance_s: Math.round(need(readNumber(value.tolerance, 0, 10_080), "How far it may be ahead or behind") * 60),
    width_m: need(readNumber(value.width, 1, 100_000), "The width of the corridor"),
    vehicles:
      value.type.trim() === ""
        ? []
        : [
            {
              type: value.type.trim(),
              count: Math.round(need(readNumber(value.count, 1, 1000), "How many vehicles")),
              marks: value.marks.trim(),
              marks_night: value.night.trim(),
            },
          ],
    people: peopleOf(value),
    escort: value.escort === "" ? null : { type: value.escort, vehicles: 0, remarks: value.escortWords.trim() },
    contact:
      value.number.trim() === ""
        ? []
        : [{ means: value.means, number: value.number.trim(), who: wordsOrNull(value.who) }],
    precision_m: null,
    remarks: value.remarks.trim(),
  }),
};
