/**
 * Goes once round a page by Tab alone, as an officer without a pointer does: where the focus comes, in which order, and
 * whether it is seen there. What is seen is read from the screen's pixels.
 */
import type { Page } from "playwright-core";
import { readerFor } from "./pixels.ts";

/** One control that the focus came to. */
export interface FocusStop {
  /** Tag, classes and the beginning of its words. */
  readonly what: string;
  /** The same for controls that look the same. */
  readonly looks: string;
  /** What is wrong with it: hidden, covered, without an outline, against the order of reading. */
  readonly wrong: readonly string[];
  readonly outline: Outline | null;
}

export interface Outline {
  readonly colour: readonly [number, number, number];
  /** Where its line runs, and for each point the one beside it, further out. In CSS pixels of the window. */
  readonly on: readonly Point[];
  readonly beside: readonly Point[];
}
type Point = readonly [x: number, y: number];

export interface Round {
  readonly stops: readonly FocusStop[];
  /** What can be focused and was not come to. */
  readonly missed: readonly string[];
  readonly isTrap: boolean;
}

const MOST_STOPS = 300;

/** `arrived` is called while the focus is on it. */
export async function goRound(page: Page, arrived: (stop: FocusStop) => Promise<void>): Promise<Round> {
  await page.evaluate(begin);
  const stops: FocusStop[] = [];
  for (let presses = 0; presses < MOST_STOPS; presses += 1) {
    await page.keyboard.press("Tab");
    const step = await page.evaluate(look, false);
    if (step === "over") return { stops, missed: await page.evaluate(missed), isTrap: false };
    if (step === "outside") continue;
    if (step === "trap") break;
    stops.push(step);
    await arrived(step);
  }
  return { stops, missed: [], isTrap: true };
}

/** In the page: what this round has come to. */
interface Walking {
  readonly seen: Element[];
  before: Element | null;
  readonly tabbable: () => Element[];
}
type Walked = Window & { focusWalk: Walking };

function begin(): void {
  const tabbable = () => {
    const scope = document.querySelector("[role=dialog], [role=alertdialog]") ?? document;
    const all = [
      ...scope.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, canvas, [tabindex]"),
    ];
    const able = all.filter(
      (one) =>
        one.tabIndex >= 0 && !one.matches(":disabled") && one.closest("[inert]") === null && one.checkVisibility(),
    );
    // Of radio buttons one stands for its group.
    const groups = new Set<string>();
    return able.filter((one) => {
      if (!(one instanceof HTMLInputElement) || one.type !== "radio") return true;
      const isChecked = able.some(
        (other) => other instanceof HTMLInputElement && other.name === one.name && other.checked,
      );
      if (isChecked ? !one.checked : groups.has(one.name)) return false;
      return groups.add(one.name);
    });
  };
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  (window as unknown as Walked).focusWalk = { seen: [], before: null, tabbable };
}

function missed(): string[] {
  const { seen, tabbable } = (window as unknown as Walked).focusWalk;
  return tabbable()
    .filter((one) => !seen.includes(one))
    .map((one) => `${one.tagName}.${one.className} ${one.textContent?.slice(0, 30) ?? ""}`);
}

/** The outline of what has the focus, where it is now: what the node sends may have moved it. */
export async function outlineNow(page: Page): Promise<Outline | null> {
  const again = await page.evaluate(look, true);
  return typeof again === "string" ? null : again.outline;
}

/** Runs in the page, and so holds all that it needs. */
function look(isAgain = false): FocusStop | "outside" | "over" | "trap" {
  const walk = (window as unknown as Walked).focusWalk;
  const now = document.activeElement;
  if (now === null || now === document.body) {
    walk.before = null;
    return "outside";
  }
  if (!isAgain && walk.seen[0] === now) return "over";
  if (!isAgain && walk.seen.includes(now)) return "trap";
  const { before } = walk;
  walk.seen.push(now);
  walk.before = now;
  const wrong: string[] = [];
  const shown = shownOf(now);
  const [box = new DOMRect()] = [...shown.getClientRects()];
  if (box.width < 2 || box.height < 2) wrong.push("it is not on the screen");
  const hit = document.elementFromPoint(box.x + Math.min(box.width / 2, 200), box.y + Math.min(box.height / 2, 100));
  if (hit === null || !(shown.contains(hit) || hit.contains(shown))) wrong.push("something covers it");
  const isFirst = walk.tabbable()[0] === now;
  if (!isFirst && before?.isConnected === true && goesBack(shownOf(before), shown))
    wrong.push("against the order of reading");
  const words = (now.textContent || now.getAttribute("aria-label") || now.getAttribute("type") || "").trim();
  const looks = `${shown.tagName}.${shown.className}`;
  return { what: `${looks} ${words.slice(0, 40)}`, looks, wrong, outline: outlineOf(shown, box) };

  /** What stands for it on the screen: a box with its words for an input that is there for those who hear the page. */
  function shownOf(one: Element): Element {
    const { width, height } = one.getBoundingClientRect();
    return width <= 2 || height <= 2 || one.matches("[type=radio], [type=checkbox]")
      ? (one.closest("label") ?? one)
      : one;
  }

  /** On one line it goes on in the direction of the script; otherwise downwards, or to a column further on. */
  function goesBack(last: Element, next: Element): boolean {
    const [a, b] = [last.getBoundingClientRect(), next.getBoundingClientRect()];
    let common: Element | null = last;
    while (common !== null && !common.contains(next)) common = common.parentElement;
    const isRtl = getComputedStyle(common ?? document.body).direction === "rtl";
    const isFurther = isRtl ? b.right <= a.left + 1 : b.left >= a.right - 1;
    const isBelow = b.top + b.height / 2 > a.top + a.height / 2 && b.bottom > a.bottom - 1;
    // What lies upon the map is part of it.
    const isInside =
      last.contains(next) || (a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom);
    return !isFurther && !isBelow && !isInside;
  }

  function outlineOf(one: Element, { x, y, width, height }: DOMRect): Outline | null {
    const { outlineStyle, outlineWidth, outlineOffset, outlineColor } = getComputedStyle(one);
    const thick = Number.parseFloat(outlineWidth);
    const colour = outlineColor
      .match(/[\d.]+/g)
      ?.slice(0, 3)
      .map(Number) as [number, number, number] | undefined;
    if (outlineStyle === "none" || thick < 1.5 || colour === undefined) return null;
    const offset = Number.parseFloat(outlineOffset);
    const ring = (out: number): [number, number][] =>
      [0.3, 0.4, 0.5, 0.6, 0.7].flatMap((part): [number, number][] => [
        [x + width * part, y - out],
        [x + width * part, y + height + out],
        [x - out, y + height * part],
        [x + width + out, y + height * part],
      ]);
    return { colour, on: ring(offset + thick / 2), beside: ring(offset + thick + 1.5) };
  }
}

/** Of the points of an outline, how many have its colour on the screen, and how far that stands out from what is beside it. */
export async function seenOutline(
  page: Page,
  { colour, on, beside }: Outline,
): Promise<{ readonly share: number; readonly contrast: number }> {
  const png = (await page.screenshot({ animations: "allow", caret: "initial" })).toString("base64");
  const reader = await readerFor(page);
  return reader.evaluate(
    async ([picture, wanted, points, outside]) => {
      const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const pen = new OffscreenCanvas(image.width, image.height).getContext("2d") as OffscreenCanvasRenderingContext2D;
      pen.drawImage(image, 0, 0);
      const at = ([x, y]: Point) => Array.from(pen.getImageData(Math.floor(x), Math.floor(y), 1, 1).data).slice(0, 3);
      const light = (rgb: readonly number[]) => {
        const [r = 0, g = 0, b = 0] = rgb.map((value) => {
          const part = value / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
      };
      const isWanted = (rgb: readonly number[]) => rgb.every((value, i) => Math.abs(value - (wanted[i] ?? 0)) < 40);
      const seen = points.map((point) => isWanted(at(point)));
      const ratios = outside
        .filter((_, i) => seen[i] === true)
        .map((point) => light(at(point)) / light(wanted))
        .map((ratio) => Math.max(ratio, 1 / ratio))
        .toSorted((a, b) => a - b);
      return { share: seen.filter(Boolean).length / seen.length, contrast: ratios[Math.floor(ratios.length / 2)] ?? 1 };
    },
    [png, colour, on, beside] as const,
  );
}
