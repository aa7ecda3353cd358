/** Debian's Chromium, driven by accessible roles. What the page complains about is collected, and tests look at it. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env["PARLEY_CHROMIUM"] ?? "/usr/bin/chromium";

/**
 * Of Chromium's own window, nobody here sees the address bar: each officer's window would load two pages for its
 * suggestions, a second and a half of computing before the console is asked for. Chromium heeds the last such list that
 * it is given, so what Playwright switches off is switched off here too.
 */
const SWITCHED_OFF = `
  WebUIOmniboxPopup WebUIOmniboxAimPopup WebUIOmniboxFullPopup AvoidUnnecessaryBeforeUnloadCheckSync
  DestroyProfileOnBrowserClose HttpsUpgrades HttpsFirstBalancedModeAutoEnable LensOverlay MediaRouter PaintHolding
  ThirdPartyStoragePartitioning AvoidCorsURLLoaderRestartOnRedirect OptimizationHints NetworkTimeServiceQuerying
  AimEnabled PreconnectToSearch`;

/** `more`: of Chromium's own options. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error("The browser tests need Chromium: apt-get install chromium");
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--enable-unsafe-swiftshader",
      `--disable-features=${SWITCHED_OFF.trim().split(/\s+/).join(",")}`,
      ...more,
    ],
  });
}

export interface Watched {
  readonly page: Page;
  /** Errors of the page, policy violations among them; what a node that is down causes is left out. */
  readonly complaints: string[];
  /** Requests that left the machine's loopback. */
  readonly strangers: string[];
}

/** Nobody's claim: a machine that does ten things at once may take that long, and a page that never answers fails all the same. */
const PATIENCE_MS = 120_000;
/** Where an officer comes in who needs no map at once: drawn by software, one takes some seconds of computing. */
export const WITHOUT_MAP = "/#/drafts";

/** A page of its own: nothing is shared with other officers' pages. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "dark", ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
      console.error(`policy violated: ${effectiveDirective} ${blockedURI}`),
    );
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !/Failed to load resource|ERR_/.test(text)) complaints.push(text);
  });
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") strangers.push(request.url());
  });
  return { page, complaints, strangers };
}
