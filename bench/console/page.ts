/** What is measured in the page itself: frames while the map moves, and how long a key takes to the screen. */
import type { Page } from "playwright-core";

/** The times between frames, in ms, while `work` runs. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const held = window as unknown as { frames: number[]; counting: boolean };
    held.frames = [];
    held.counting = true;
    let last = performance.now();
    const next = (now: number) => {
      held.frames.push(now - last);
      last = now;
      if (held.counting) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await work();
  return page.evaluate(() => {
    const held = window as unknown as { frames: number[]; counting: boolean };
    held.counting = false;
    return held.frames.slice(1);
  });
}

/** Pans in circles and zooms out and in again, as a hand does. */
export async function moveMap(page: Page, turns: number): Promise<void> {
  const box = await page.locator("canvas").boundingBox();
  if (box === null) throw new Error("there is no map");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let i = 1; i <= 30; i++) {
      const angle = (i / 30) * 2 * Math.PI;
      await page.mouse.move(x + 150 * Math.sin(angle), y + 110 * (1 - Math.cos(angle)));
    }
    await page.mouse.up();
    for (const by of [120, 120, -120, -120]) {
      await page.mouse.wheel(0, by);
      await page.waitForTimeout(180);
    }
  }
}

/** From the press of each key to the frame after the one that shows it, in ms. */
export async function typingTimes(page: Page, text: string, pause_ms: number): Promise<readonly number[]> {
  await page.evaluate(() => {
    const held = window as unknown as { keys: number[] };
    held.keys = [];
    document.addEventListener(
      "keydown",
      (event) => {
        const pressed = event.timeStamp;
        requestAnimationFrame(() => {
          const shown = new MessageChannel();
          shown.port1.addEventListener("message", () => held.keys.push(performance.now() - pressed));
          shown.port1.start();
          shown.port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
  await page.keyboard.type(text, { delay: pause_ms });
  await page.waitForTimeout(500);
  return page.evaluate(() => (window as unknown as { keys: number[] }).keys);
}
