/** What is said in the pictures beyond the exercise's story: something on every page, some of it in Arabic. */
import type { DraftItemRequest } from "../../src/api/index.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const circle = (lat: number, lon: number, radius_m: number) => ({
  type: "circle" as const,
  centre: { lat, lon },
  radius_m,
});

export function tankersItem(now: number): DraftItemRequest {
  const start = now - (now % HOUR) + 5 * HOUR;
  return {
    kind: "movement",
    subject: "Two water tankers, Clinic Hyssop to Shelter Acacia",
    body: {
      phase: "planned",
      decision: "undecided",
      route: [
        { position: { lat: 36.0378, lon: 43.7421 }, at: start, name: "Clinic Hyssop" },
        { position: { lat: 35.9687, lon: 43.5233 }, at: start + 70 * MINUTE, name: "Shelter Acacia" },
      ],
      tolerance_s: 900,
      width_m: 300,
      vehicles: [{ type: "tanker, 8 t", count: 2, marks: "blue, white band", marks_night: "amber strobe on the cab" }],
      people: { total: 4, children: 0, wounded: 0 },
      escort: { type: "none", vehicles: 0, remarks: "" },
      contact: [{ means: "satellite-phone", number: "+881 600 000 042", who: "first driver" }],
      precision_m: null,
      remarks: "",
    },
  };
}

export function firingItem(now: number): DraftItemRequest {
  const start = now - (now % HOUR) + 6 * HOUR;
  const window = { start, end: start + 3 * HOUR };
  return {
    kind: "activity",
    subject: "Firing on the eastern range",
    body: {
      category: "firing",
      phase: "planned",
      volumes: [
        {
          footprint: circle(35.78, 43.62, 1500),
          height: { datum: "AMSL", lower_m: null, upper_m: 1800 },
          window,
        },
      ],
      precision_m: 500,
      remarks: "",
    },
  };
}

export const STANCE: DraftItemRequest = {
  kind: "stance",
  subject: "Opening of Crossing Alder",
  body: {
    topic: "Crossing Alder",
    stands: "on-the-table",
    words: "We would open the crossing to relief convoys by day, if both sides keep their vehicles 2 km away.",
    said: "only-here",
  },
};

export const RESTATED = "You would open it by day for relief convoys only, and both sides stay 2 km off.";

export const ARABIC_TEXT: DraftItemRequest = {
  kind: "text",
  subject: "موعد الاتصال القادم",
  body: { words: "نقترح الاتصال القادم عند 0500Z، على القناة نفسها. الرقم الاحتياطي: +881 600 000 077." },
};

export function questionItem(now: number): DraftItemRequest {
  return {
    kind: "query",
    subject: "White lorry west of the dry ford",
    body: {
      about: "object",
      question: "A white lorry stands 300 m west of the dry ford since 0210Z. Is it yours?",
      due_at: now + 40 * MINUTE,
    },
  };
}

export function assessmentItem(now: number): DraftItemRequest {
  return {
    kind: "assessment",
    subject: "Makhmur district",
    body: {
      country: "Iraq",
      governorate: "Erbil",
      district: "Makhmur",
      day: new Date(now).toISOString().slice(0, 10),
      control: "held",
      held_by: "Northern Command",
      confidence: "moderate",
      grade: { reliability: "B", credibility: "2" },
      origin: "own-observation",
    },
  };
}

export const ALERT: DraftItemRequest = {
  kind: "alert",
  subject: "Shells fall beside Field Hospital Oleander",
  body: {
    alert: "STOP",
    volumes: [{ footprint: circle(35.9261, 43.6904, 1200), height: null, window: { start: null, end: null } }],
    remarks: "Two rounds 400 m north of the hospital at 0309Z, 85 people inside.",
  },
};
