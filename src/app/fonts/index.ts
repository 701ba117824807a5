import localFont from "next/font/local";

// The faces every page begins with, in Latin letters. Whatever else somebody writes is in `globals.css`, fetched where it
// is needed.

const sans = localFont({
  src: "../../../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2",
  variable: "--font-geist-sans",
  weight: "100 900",
  adjustFontFallback: false,
});

/** For code, and so on few pages: nobody waits for it. */
const mono = localFont({
  src: "../../../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  preload: false,
  adjustFontFallback: false,
});

/** For headings, in the one weight they have and the letters of English: `npm run fonts` cuts them out of Fraunces. */
const display = localFont({
  src: "./display.woff2",
  variable: "--font-fraunces",
  weight: "100 900",
  adjustFontFallback: false,
});

const displayItalic = localFont({
  src: "./display-italic.woff2",
  variable: "--font-fraunces-italic",
  weight: "100 900",
  style: "italic",
  adjustFontFallback: false,
});

/** The classes that make the faces known below the element that carries them. */
export const fonts = [sans, mono, display, displayItalic].map(({ variable }) => variable).join(" ");
