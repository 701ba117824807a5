import { GeistSans } from "geist/font/sans";
import localFont from "next/font/local";

/** For code, and so on few pages: nobody waits for it. */
const mono = localFont({
  src: "../../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  preload: false,
  adjustFontFallback: false,
});

/** For headings, upright and in Latin letters. The rest of Fraunces is in `globals.css`, fetched where it is needed. */
const display = localFont({
  src: "../../node_modules/@fontsource-variable/fraunces/files/fraunces-latin-opsz-normal.woff2",
  variable: "--font-fraunces",
  weight: "100 900",
  adjustFontFallback: false,
});

/** The classes that make the faces known below the element that carries them. */
export const fonts = `${GeistSans.variable} ${mono.variable} ${display.variable}`;
