/** The page of the exercise and the consoles, built when what they are made from has changed since. */
import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");
const BUILDS = [
  {
    mode: "console",
    folder: join(ROOT, "dist", "console"),
    from: "src/{console,api,wire,crypto,geo,message,line,log,deconflict,release,intake}/**/*",
  },
  {
    mode: "exercise",
    folder: join(ROOT, "dist", "exercise"),
    from: "{tools/exercise/page/**/*,src/console/console.css,src/console/styles/*}",
  },
] as const;

/** Returns the folder of the exercise's page. */
export async function buildPages(): Promise<string> {
  for (const { mode, folder, from } of BUILDS) {
    const index = join(folder, "index.html");
    const built = existsSync(index) ? statSync(index).mtimeMs : 0;
    const newest = Math.max(...globSync(from, { cwd: ROOT }).map((file) => statSync(join(ROOT, file)).mtimeMs));
    if (built > newest) continue;
    const { build } = await import("vite");
    await build({ configFile: join(ROOT, "vite.config.ts"), mode, logLevel: "error" });
  }
  return BUILDS[1].folder;
}
