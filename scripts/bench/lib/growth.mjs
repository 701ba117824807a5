/** The shapes a cost can have as what it works on grows. The flattest comes first: it wins a tie. */
const SHAPES = [
  { name: "O(1)", of: () => 0 },
  { name: "O(log n)", of: (n) => Math.log(n) },
  { name: "O(n)", of: (n) => n },
];

/** What a steeper shape has to explain beyond a flatter one to be believed, as a share of what is unexplained. */
const WORTH = 0.5;
/** Differences below this share of the value are noise, whatever their shape. */
const NOISE = 0.05;

/**
 * Fits `ms = a + b × shape(n)` by least squares and names the best shape.
 * @param {{ n: number, ms: number }[]} points at least two sizes
 * @returns {{ shape: string, ratio: number }} `ratio`: the largest size's value over the smallest's
 */
export function fitGrowth(points) {
  const sorted = points.toSorted((one, other) => one.n - other.n);
  const ratio = sorted.at(-1).ms / sorted[0].ms;
  const flat = { ...SHAPES[0], error: errorOf(sorted, SHAPES[0].of) };
  const mean = sorted.reduce((total, { ms }) => total + ms, 0) / sorted.length;
  if (Math.sqrt(flat.error / sorted.length) <= NOISE * mean) return { shape: flat.name, ratio };
  let best = flat;
  for (const shape of SHAPES.slice(1)) {
    const error = errorOf(sorted, shape.of);
    if (error < best.error * WORTH) best = { ...shape, error };
  }
  return { shape: best.name, ratio };
}

/** The squared error that is left by the best line through the points; a cost that falls does not grow. */
function errorOf(points, shape) {
  const xs = points.map(({ n }) => shape(n));
  const meanX = xs.reduce((total, x) => total + x, 0) / xs.length;
  const meanY = points.reduce((total, { ms }) => total + ms, 0) / points.length;
  const spread = xs.reduce((total, x) => total + (x - meanX) ** 2, 0);
  const shared = points.reduce((total, { ms }, i) => total + (xs[i] - meanX) * (ms - meanY), 0);
  const slope = spread > 0 ? Math.max(0, shared / spread) : 0;
  return points.reduce((total, { ms }, i) => total + (ms - meanY - slope * (xs[i] - meanX)) ** 2, 0);
}
