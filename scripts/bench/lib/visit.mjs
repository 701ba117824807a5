import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { systemBrowser } from "../../lib/test-tools.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

/**
 * Opens a browser, in which whoever `cookie` belongs to is signed in at `address`.
 * @returns {Promise<{ page: import("@playwright/test").Page, cdp: import("@playwright/test").CDPSession, close: () => Promise<void> }>}
 */
export async function openBrowser(address, cookie) {
  const own = existsSync(chromium.executablePath());
  const browser = await chromium.launch(own ? {} : { executablePath: systemBrowser(), args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const at = cookie.indexOf("=");
  await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: address }]);
  const page = await context.newPage();
  await page.addInitScript(watchVitals);
  const cdp = await context.newCDPSession(page);
  // The thread's own time: what else the machine does meanwhile is not counted.
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await cdp.send("Network.enable");
  return { page, cdp, close: () => browser.close() };
}

/** Runs in the page: notes what readers feel. */
function watchVitals() {
  const vitals = { opened: 0, lcp: 0, cls: 0, inp: 0 };
  window.benchVitals = vitals;
  // Asked in each frame of the page itself: whoever asks from outside is late by what asking takes.
  const noteOpened = () => {
    const last = [...document.querySelectorAll("article")].at(-1);
    const { top = 0, bottom = 0 } = last?.getBoundingClientRect() ?? {};
    const shown = document.readyState !== "loading" && bottom > top && top < innerHeight && bottom > 0;
    requestAnimationFrame(shown ? () => (vitals.opened = performance.now()) : noteOpened);
  };
  requestAnimationFrame(noteOpened);
  const watch = (options, note) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) note(entry);
    }).observe({ buffered: true, ...options });
  watch({ type: "largest-contentful-paint" }, ({ startTime }) => {
    vitals.lcp = startTime;
  });
  watch({ type: "layout-shift" }, ({ value, hadRecentInput }) => {
    if (!hadRecentInput) vitals.cls += value;
  });
  watch({ type: "event", durationThreshold: 16 }, ({ duration, interactionId }) => {
    if (interactionId) vitals.inp = Math.max(vitals.inp, duration);
  });
}

/** What was felt on this page so far: when the last message was seen, LCP and INP in ms, CLS. */
export const vitalsOf = (page) => page.evaluate(() => window.benchVitals);

/** Milliseconds the page's main thread has worked so far. */
export async function workedMs(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
}

/** Counts the pieces in which answers to a call arrive. */
export function countPieces(cdp, path) {
  const requests = new Set();
  const counted = { pieces: 0 };
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url.includes(path)) requests.add(requestId);
  });
  cdp.on("Network.dataReceived", ({ requestId, dataLength }) => {
    if (requests.has(requestId) && dataLength > 0) counted.pieces += 1;
  });
  return counted;
}
