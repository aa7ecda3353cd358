/** What a screen shows, pixel by pixel. */
import type { Page } from "playwright-core";

export type Colour = readonly [red: number, green: number, blue: number];

/** How many pixels of the page have that colour, or nearly. */
export async function countPixels(page: Page, colour: Colour): Promise<number> {
  const png = (await page.screenshot()).toString("base64");
  const reader = await readerFor(page);
  return reader.evaluate(
    async ([picture, wanted]) => {
      const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const pen = new OffscreenCanvas(image.width, image.height).getContext("2d") as OffscreenCanvasRenderingContext2D;
      pen.drawImage(image, 0, 0);
      const { data } = pen.getImageData(0, 0, image.width, image.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (wanted.every((value, part) => Math.abs((data[i + part] ?? 0) - value) < 6)) count += 1;
      }
      return count;
    },
    [png, colour] as const,
  );
}

const readers = new WeakMap<object, Promise<Page>>();

/** A page of no origin, whose policy lets it read a picture. */
export function readerFor(page: Page): Promise<Page> {
  const context = page.context();
  const known = readers.get(context) ?? context.newPage();
  readers.set(context, known);
  return known;
}
