/** By which Parley's own rules name plans: whoever types another word is asked for less. */
export const RULED_CATEGORIES = [
  "firing",
  "strike",
  "flight",
  "unmanned-flight",
  "air-delivery",
  "demolition",
  "naval",
];
