/** Pictures as SVG text, the same for the same input: a card of its own colours, legible on a light and on a dark page. */

const STYLE = `
  .card{fill:#fbfaf6;stroke:#d9d4c7}.ground{fill:#f1eee5;stroke:#ddd8cb}.ink{fill:#1d2433}.muted{fill:#626b7a}
  .plan{fill:#1f5fae;stroke:#1f5fae}.other{fill:#a4530c;stroke:#a4530c}.bad{fill:#b3202c;stroke:#b3202c}
  .good{fill:#22714a;stroke:#22714a}.grey{fill:#7d8593;stroke:#7d8593}.area{fill-opacity:.16;stroke-width:1.8}
  .thin{fill:none!important;stroke-width:1.4}.line{fill:none!important;stroke-width:2.2}.dash{stroke-dasharray:6 5}.dot{stroke:none!important}
  text{font:13px system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;stroke:none!important}
  .title{font-size:15px;font-weight:600}.small{font-size:12px}.strong{font-weight:600}
  @media (prefers-color-scheme:dark){
  .card{fill:#171c26;stroke:#343c4b}.ground{fill:#1f2531;stroke:#343c4b}.ink{fill:#eceff4}.muted{fill:#a3acbb}
  .plan{fill:#76b0f5;stroke:#76b0f5}.other{fill:#f0a35e;stroke:#f0a35e}.bad{fill:#ff7b84;stroke:#ff7b84}
  .good{fill:#67cf9b;stroke:#67cf9b}.grey{fill:#8d97a7;stroke:#8d97a7}.area{fill-opacity:.2}}`;

/** A place in the picture, in pixels from its upper left corner. */
export type Pixel = readonly [number, number];

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

export interface Picture {
  readonly name: string;
  readonly svg: string;
}

/** A whole picture; `says` is what somebody who cannot see it is told. */
export function picture(name: string, width: number, height: number, says: string, parts: readonly string[]): Picture {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(says)}">`;
  const card = `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>`;
  return { name, svg: [head, `<style>${STYLE}</style>`, card, ...parts, "</svg>", ""].join("\n") };
}

export function label(at: Pixel, classes: string, text: string, anchor: "start" | "middle" | "end" = "start"): string {
  return `<text class="${classes}" x="${px(at[0])}" y="${px(at[1])}" text-anchor="${anchor}">${escape(text)}</text>`;
}

/** A sentence in lines of at most `most` letters. */
export function lines(at: Pixel, classes: string, text: string, most: number): string {
  const rows: string[] = [];
  for (const word of text.split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + word.length < most) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows.map((row, i) => label([at[0], at[1] + 18 * i], classes, row)).join("\n");
}

export function polygon(points: readonly Pixel[], classes: string): string {
  return `<path class="${classes}" d="${path(points)}Z"/>`;
}

export function polyline(points: readonly Pixel[], classes: string, width?: number): string {
  const style =
    width === undefined ? "" : ` style="stroke-width:${px(width)}px;stroke-linecap:round;stroke-opacity:.2"`;
  return `<path class="${classes}" d="${path(points)}"${style}/>`;
}

function path(points: readonly Pixel[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${px(x)} ${px(y)}`).join("");
}

export function dot([x, y]: Pixel, classes: string, radius = 4): string {
  return `<circle class="dot ${classes}" cx="${px(x)}" cy="${px(y)}" r="${px(radius)}"/>`;
}

export function ring([x, y]: Pixel, classes: string, radius: number): string {
  return `<circle class="${classes}" cx="${px(x)}" cy="${px(y)}" r="${px(radius)}"/>`;
}

export function box([x, y]: Pixel, width: number, height: number, classes: string): string {
  return `<rect class="${classes}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="3"/>`;
}

/** A line with a head at its end. */
export function arrow(from: Pixel, to: Pixel, classes: string): string {
  const turn = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const wing = (side: number): Pixel => [to[0] - 9 * Math.cos(turn + side), to[1] - 9 * Math.sin(turn + side)];
  return [polyline([from, to], `line ${classes}`), polygon([to, wing(0.42), wing(-0.42)], classes)].join("\n");
}

/** A line between two ticks, with its length written beside its middle. */
export function measure(from: Pixel, to: Pixel, classes: string, text: string, beside: Pixel = [8, 4]): string {
  const middle: Pixel = [(from[0] + to[0]) / 2 + beside[0], (from[1] + to[1]) / 2 + beside[1]];
  return [
    polyline([from, to], `line ${classes}`),
    dot(from, classes),
    dot(to, classes),
    label(middle, `${classes} strong`, text),
  ].join("\n");
}
