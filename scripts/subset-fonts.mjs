import { readFileSync, writeFileSync } from "node:fs";
import subsetFont from "subset-font";
import { inProject } from "./lib/project.mjs";

/** What headings are set in: the letters and signs of English, and the currencies prices come in. */
const LETTERS = [
  ...Array.from({ length: 0x7f - 0x20 }, (_, offset) => String.fromCharCode(0x20 + offset)),
  ..."\u00a0‘’“”–—…·×€£¥",
].join("");

/** The weight of the `display` utility in `globals.css`; the axis of sizes is kept. */
const AXES = { wght: 420 };

const FACES = { "display.woff2": "normal", "display-italic.woff2": "italic" };

for (const [name, style] of Object.entries(FACES)) {
  const whole = inProject("node_modules/@fontsource-variable/fraunces/files", `fraunces-latin-opsz-${style}.woff2`);
  const cut = await subsetFont(readFileSync(whole), LETTERS, { targetFormat: "woff2", variationAxes: AXES });
  writeFileSync(inProject("src", "app", "fonts", name), cut);
  console.log(`src/app/fonts/${name}: ${cut.length} bytes`);
}
