/** A series of QR codes, to be printed or shown. */
import { encodeQR } from "qr";

const ECC = "medium";

/** A page of its own: no script, nothing loaded. */
export function codesPage(codes: readonly string[], to: string): string {
  const figures = codes.map((code, i) => {
    const svg = encodeQR(code, "svg", { ecc: ECC, encoding: "alphanumeric" });
    return `<figure>${svg}<figcaption>${i + 1} of ${codes.length}</figcaption></figure>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Parcel for ${to}</title>
<style>
body { font: 14px sans-serif; margin: 1cm; }
main { display: grid; grid-template-columns: repeat(2, 1fr); gap: 1cm; }
figure { margin: 0; break-inside: avoid; text-align: center; }
svg { width: 8cm; height: 8cm; }
</style>
<h1>A parcel for ${to}, in ${codes.length} codes</h1>
<p>Scan each one into a line of its own, in any order: <code>parley parcel in --codes LINES</code></p>
<main>
${figures.join("\n")}
</main>
</html>
`;
}

export function codesOnTerminal(codes: readonly string[]): string {
  const shown = codes.map((code, i) => {
    return `${i + 1} of ${codes.length}\n${encodeQR(code, "ascii", { ecc: ECC, encoding: "alphanumeric" })}`;
  });
  return shown.join("\n");
}
