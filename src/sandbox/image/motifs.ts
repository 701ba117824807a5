import type { Palette } from "./palette";
import type { Size } from "./size";

/** What a motif draws with. `random` is the only source of chance, so that a seed repeats its picture. */
export interface Canvas extends Size {
  palette: Palette;
  random: () => number;
}

/** SVG markup for the area of the canvas, ground included. */
export type Motif = (canvas: Canvas) => string;

const between = ({ random }: Canvas, low: number, high: number) => low + random() * (high - low);
const n = (value: number) => value.toFixed(1);
const ink = ({ palette }: Canvas, depth: number) =>
  palette.inks[Math.max(0, Math.min(3, Math.floor(depth * 4)))] ?? palette.accent;

function ground({ width, height, palette }: Canvas, id: string): string {
  return `<defs><linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${palette.paper}"/><stop offset="1" stop-color="${palette.glow}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#${id})"/>`;
}

function sun(canvas: Canvas): string {
  const { width, height, palette } = canvas;
  const radius = Math.min(width, height) * between(canvas, 0.08, 0.17);
  const x = width * between(canvas, 0.2, 0.8);
  const y = height * between(canvas, 0.18, 0.42);
  return `<defs><radialGradient id="halo"><stop offset="0" stop-color="${palette.accent}" stop-opacity=".45"/><stop offset="1" stop-color="${palette.accent}" stop-opacity="0"/></radialGradient></defs><circle cx="${n(x)}" cy="${n(y)}" r="${n(radius * 3)}" fill="url(#halo)"/><circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${palette.accent}"/>`;
}

/** A line across the canvas made of a few sine waves: `at(x)` is its height in pixels from the top. */
function ridge(canvas: Canvas, base: number, roughness: number): (x: number) => number {
  const waves = [1, 2.3, 4.7, 9.1].map((frequency, i) => ({
    frequency: frequency * between(canvas, 0.7, 1.4),
    phase: between(canvas, 0, Math.PI * 2),
    size: roughness / (i + 1) ** 1.35,
  }));
  return (x) =>
    base +
    waves.reduce((sum, { frequency, phase, size }) => {
      return sum + Math.sin((x / canvas.width) * Math.PI * frequency + phase) * size;
    }, 0);
}

function areaBelow({ width, height }: Size, line: (x: number) => number): string {
  let path = `M0 ${height}`;
  for (let x = 0; x <= width + 12; x += 12) path += `L${x} ${n(line(x))}`;
  return `${path}L${width} ${height}Z`;
}

/** A sun over layered hills that fade with distance. */
export const hills: Motif = (canvas) => {
  const { width, height } = canvas;
  const layers = 5 + Math.floor(canvas.random() * 3);
  let svg = ground(canvas, "sky") + sun(canvas);
  for (let i = 0; i < layers; i += 1) {
    const depth = i / (layers - 1);
    const line = ridge(canvas, height * (0.42 + 0.48 * depth), height * between(canvas, 0.05, 0.11));
    svg += `<path d="${areaBelow({ width, height }, line)}" fill="${ink(canvas, depth)}" opacity="${n(0.55 + depth * 0.4)}"/>`;
    svg += `<path d="${areaBelow({ width, height }, (x) => line(x) + height * 0.05)}" fill="${canvas.palette.paper}" opacity=".07"/>`;
  }
  return svg;
};

/** Rows of swell, each drawn with many fine lines. */
export const waves: Motif = (canvas) => {
  const { width, height, palette } = canvas;
  let svg = ground(canvas, "sky") + sun(canvas);
  const rows = 7 + Math.floor(canvas.random() * 4);
  for (let row = 0; row < rows; row += 1) {
    const depth = row / (rows - 1);
    const base = height * (0.45 + 0.5 * depth);
    const swing = height * (0.015 + 0.035 * depth);
    const turns = between(canvas, 2, 5);
    const phase = between(canvas, 0, 6.3);
    const line = (x: number) => {
      const angle = (x / width) * Math.PI * 2 * turns + phase;
      return base + Math.sin(angle) * swing - Math.abs(Math.cos(angle / 2)) * swing * 0.8;
    };
    svg += `<path d="${areaBelow(canvas, line)}" fill="${ink(canvas, depth)}" opacity=".92"/>`;
    for (let hair = 1; hair <= 4; hair += 1) {
      let path = `M0 ${n(line(0) + hair * 7)}`;
      for (let x = 12; x <= width + 12; x += 12) path += `L${x} ${n(line(x) + hair * (5 + depth * 6))}`;
      svg += `<path d="${path}" fill="none" stroke="${palette.paper}" stroke-width="${n(1.8 - hair * 0.3)}" opacity="${n(0.6 - hair * 0.1)}"/>`;
    }
  }
  return svg;
};

/** Soft closed shapes that overlap like drops in water. */
export const blobs: Motif = (canvas) => {
  const { width, height, palette } = canvas;
  let svg = ground(canvas, "ground");
  const count = 6 + Math.floor(canvas.random() * 5);
  for (let i = 0; i < count; i += 1) {
    const colour = i === count - 2 ? palette.accent : ink(canvas, canvas.random());
    const radius = Math.min(width, height) * between(canvas, 0.1, 0.34);
    const path = closedCurve(canvas, width * canvas.random(), height * canvas.random(), radius, 0.34);
    svg += `<defs><linearGradient id="b${i}" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${colour}" stop-opacity=".95"/><stop offset="1" stop-color="${colour}" stop-opacity=".25"/></linearGradient></defs><path d="${path}" fill="url(#b${i})"/>`;
    if (canvas.random() < 0.5)
      svg += `<path d="${path}" fill="none" stroke="${palette.paper}" stroke-width="2" opacity=".5" transform="translate(${n(between(canvas, -14, 14))} ${n(between(canvas, -14, 14))})"/>`;
  }
  return svg;
};

function closedCurve(canvas: Canvas, x: number, y: number, radius: number, wobble: number): string {
  const corners = 7;
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * Math.PI * 2;
    const reach = radius * (1 + between(canvas, -wobble, wobble));
    return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach] as const;
  });
  const at = (i: number) => points[(i + corners) % corners] ?? [x, y];
  let path = `M${n(at(0)[0])} ${n(at(0)[1])}`;
  for (let i = 0; i < corners; i += 1) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    path += `C${n(from[0] + (to[0] - before[0]) / 6)} ${n(from[1] + (to[1] - before[1]) / 6)} ${n(to[0] - (after[0] - from[0]) / 6)} ${n(to[1] - (after[1] - from[1]) / 6)} ${n(to[0])} ${n(to[1])}`;
  }
  return `${path}Z`;
}

/** A few brush strokes, dry at their ends, with spatter and a seal. */
export const strokes: Motif = (canvas) => {
  const { width, height, palette } = canvas;
  let svg = ground(canvas, "ground");
  const count = 3 + Math.floor(canvas.random() * 3);
  const unit = Math.min(width, height);
  for (let i = 0; i < count; i += 1) {
    const [x0, y0] = [width * between(canvas, 0.08, 0.35), height * between(canvas, 0.15, 0.85)];
    const [x3, y3] = [width * between(canvas, 0.65, 0.95), height * between(canvas, 0.1, 0.9)];
    const [x1, y1] = [width * canvas.random(), height * between(canvas, -0.2, 1.2)];
    const [x2, y2] = [width * canvas.random(), height * between(canvas, -0.2, 1.2)];
    const colour = i === 0 ? palette.inks[3] : ink(canvas, canvas.random());
    const weight = unit * between(canvas, 0.02, 0.07);
    for (let hair = 0; hair < 16; hair += 1) {
      const shift = (hair / 15 - 0.5) * weight;
      const jitter = () => between(canvas, -4, 4);
      svg += `<path d="M${n(x0 + jitter())} ${n(y0 + shift)}C${n(x1)} ${n(y1 + shift + jitter())} ${n(x2)} ${n(y2 + shift + jitter())} ${n(x3 + jitter() * 8)} ${n(y3 + shift * 0.6)}" fill="none" stroke="${colour}" stroke-linecap="round" stroke-width="${n((weight / 15) * between(canvas, 0.8, 2.2))}" opacity="${n(between(canvas, 0.45, 0.95))}"/>`;
    }
  }
  for (let i = 0; i < 40; i += 1) {
    const radius = unit * 0.008 * canvas.random() ** 3 + 1;
    svg += `<circle cx="${n(width * canvas.random())}" cy="${n(height * canvas.random())}" r="${n(radius)}" fill="${palette.inks[3]}" opacity=".7"/>`;
  }
  const seal = unit * 0.055;
  return `${svg}<rect x="${n(width * 0.86)}" y="${n(height * 0.78)}" width="${n(seal)}" height="${n(seal)}" rx="4" fill="${palette.accent}"/>`;
};

/** Threads that run side by side and bend around one another. */
export const weave: Motif = (canvas) => {
  const { width, height, palette } = canvas;
  let svg = ground(canvas, "ground");
  const threads = 46 + Math.floor(canvas.random() * 30);
  const [a, b, c] = [between(canvas, 0.6, 2.4), between(canvas, 0.6, 3), between(canvas, 0, 6.3)];
  const swing = height * between(canvas, 0.05, 0.16);
  const accent = Math.floor(canvas.random() * threads);
  for (let i = 0; i < threads; i += 1) {
    const part = i / (threads - 1);
    let path = "";
    for (let x = -16; x <= width + 16; x += 16) {
      const along = x / width;
      const y =
        height * (part * 1.2 - 0.1) +
        Math.sin(along * Math.PI * 2 * a + part * 5 + c) * swing * Math.sin(part * Math.PI) +
        Math.cos(along * Math.PI * 2 * b - part * 8) * swing * 0.5;
      path += `${path ? "L" : "M"}${x} ${n(y)}`;
    }
    const colour = i === accent ? palette.accent : ink(canvas, (part + along(canvas)) % 1);
    svg += `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${n(i === accent ? 9 : between(canvas, 2, 7))}" opacity="${i === accent ? "1" : ".85"}"/>`;
  }
  return svg;
};

const along = ({ random }: Canvas) => random() * 0.35;

/** Clouds of ink spreading in water. */
export const clouds: Motif = (canvas) => {
  const { width, height, palette } = canvas;
  let svg = ground(canvas, "ground");
  const reach = Math.max(width, height);
  for (let i = 0; i < 12; i += 1) {
    const colour = i === 9 ? palette.accent : ink(canvas, canvas.random());
    const [x, y] = [width * canvas.random(), height * canvas.random()];
    const [rx, ry] = [reach * between(canvas, 0.14, 0.42), reach * between(canvas, 0.1, 0.3)];
    svg += `<defs><radialGradient id="c${i}" cx="${n(between(canvas, 0.3, 0.7))}" cy="${n(between(canvas, 0.3, 0.7))}"><stop offset="0" stop-color="${colour}" stop-opacity=".8"/><stop offset=".55" stop-color="${colour}" stop-opacity=".32"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient></defs><ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="url(#c${i})" transform="rotate(${n(between(canvas, 0, 180))} ${n(x)} ${n(y)})"/>`;
  }
  for (let i = 0; i < 9; i += 1) {
    const path = closedCurve(
      canvas,
      width * canvas.random(),
      height * canvas.random(),
      reach * between(canvas, 0.05, 0.3),
      0.25,
    );
    svg += `<path d="${path}" fill="none" stroke="${palette.inks[3]}" stroke-width="1.4" opacity=".35"/>`;
  }
  return svg;
};

/** A night of rings and dots around one bright body. */
export const orbits: Motif = (canvas) => {
  const { width, height, palette } = canvas;
  let svg = ground(canvas, "ground");
  const [x, y] = [width * between(canvas, 0.3, 0.7), height * between(canvas, 0.35, 0.65)];
  const unit = Math.min(width, height);
  for (let i = 0; i < 120; i += 1) {
    svg += `<circle cx="${n(width * canvas.random())}" cy="${n(height * canvas.random())}" r="${n(0.6 + canvas.random() ** 4 * 3.4)}" fill="${ink(canvas, 0.5 + canvas.random() / 2)}" opacity="${n(between(canvas, 0.3, 1))}"/>`;
  }
  const tilt = between(canvas, -35, 35);
  const flatness = between(canvas, 0.25, 0.8);
  const rings = 7 + Math.floor(canvas.random() * 6);
  for (let i = 1; i <= rings; i += 1) {
    const radius = unit * (0.13 + (0.55 * i) / rings);
    svg += `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(radius)}" ry="${n(radius * flatness)}" fill="none" stroke="${ink(canvas, i / rings)}" stroke-width="${n(between(canvas, 0.8, 5))}" opacity=".85" transform="rotate(${n(tilt)} ${n(x)} ${n(y)})"/>`;
    const angle = between(canvas, 0, 6.28);
    svg += `<circle cx="${n(x + Math.cos(angle) * radius)}" cy="${n(y + Math.sin(angle) * radius * flatness)}" r="${n(between(canvas, 4, 16))}" fill="${ink(canvas, canvas.random())}" transform="rotate(${n(tilt)} ${n(x)} ${n(y)})"/>`;
  }
  return `${svg}<circle cx="${n(x)}" cy="${n(y)}" r="${n(unit * 0.11)}" fill="${palette.accent}"/>`;
};
