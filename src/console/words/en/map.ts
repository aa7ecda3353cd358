/** The map and the list beside it. */
export const map = {
  "not-drawn": "The map cannot be drawn here ({$why}). The list holds the same things.",
  "no-base-map": "The base map could not be loaded; what was told is drawn without it.",
  canvas: "Map. The list beside it holds the same things.",
  "zoom-in": "Zoom in",
  "zoom-out": "Zoom out",
  side: "On the map",
  "too-close": "Too close to ours",
  undecided: "undecided",
  apart: "{$distance} apart",
  ours: "Ours, {$private}",
  "go-to": "Go to {$name}",
  told: "Told",
  "older-not-drawn":
    ".input {$count :integer} .match $count one {{One older one is not drawn.}} * {{{$count} older ones are not drawn.}}",
  "told-one": "{$kind}: {$subject}",
} as const;
