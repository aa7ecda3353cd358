/** The theme that is shown: the officer's choice, or what his system asks for. It stands on the document as `data-theme`. */
import type { Preferences } from "./preferences.ts";

export type ShownTheme = "dark" | "light" | "contrast";

const LIGHT = "(prefers-color-scheme: light)";
const CONTRAST = "(prefers-contrast: more)";
const listeners = new Set<() => void>();

export function shownTheme(): ShownTheme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "contrast" ? theme : "dark";
}

/** Called after every change of theme, for what CSS does not reach (the map); returns the way to stop. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Shows the chosen theme, and follows the system where that was chosen; returns the way to stop following. */
export function showTheme(chosen: Preferences["theme"]): () => void {
  const [light, contrast] = [window.matchMedia(LIGHT), window.matchMedia(CONTRAST)];
  const show = () => {
    const asked = contrast.matches ? "contrast" : light.matches ? "light" : "dark";
    const theme = chosen === "system" ? asked : chosen;
    if (document.documentElement.dataset["theme"] === theme) return;
    document.documentElement.dataset["theme"] = theme;
    for (const listener of listeners) listener();
  };
  show();
  light.addEventListener("change", show);
  contrast.addEventListener("change", show);
  return () => {
    light.removeEventListener("change", show);
    contrast.removeEventListener("change", show);
  };
}

/** A colour token as the browser has it at `element` now: `rgb(13, 18, 22)`. */
export function tokenColour(element: Element, name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
