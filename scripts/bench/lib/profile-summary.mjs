import { markdownTable } from "./table.mjs";

const TOP = 40;

/** A CPU profile as tables: where the time went by package, by function, and by function with all it calls. */
export function summarizeProfile({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const own = new Map();
  for (const [i, id] of samples.entries()) add(own, id, timeDeltas[i]);
  const functions = new Map();
  const packages = new Map();
  const totals = new Map();
  for (const [id, microseconds] of own) {
    const { callFrame } = byId.get(id);
    if (callFrame.functionName === "(idle)" || callFrame.functionName === "(program)") continue;
    add(functions, nameOf(callFrame), microseconds);
    add(packages, packageOf(callFrame), microseconds);
    const above = new Set();
    for (let at = id; at !== undefined; at = parents.get(at)) above.add(nameOf(byId.get(at).callFrame));
    for (const name of above) add(totals, name, microseconds);
  }
  return [
    "# CPU: by package",
    ranking("package", packages),
    "# CPU: by function, itself",
    ranking("function", functions),
    "# CPU: by function, with what it calls",
    ranking("function", totals),
  ].join("\n\n");
}

/** What was allocated while it ran and is still there, by function, and how large the heap is. */
export function summarizeHeap({ head }, { heap, memory }) {
  const functions = new Map();
  const visit = ({ callFrame, selfSize, children }) => {
    if (selfSize > 0) add(functions, nameOf(callFrame), selfSize);
    for (const child of children) visit(child);
  };
  visit(head);
  const rows = [...Object.entries(memory), ["heap limit", heap.heap_size_limit]].map(([name, bytes]) => [
    name,
    Math.round(bytes / 1_024),
  ]);
  return [
    "# Memory at its end, kB",
    markdownTable(["what", "kB"], rows),
    "# Still on the heap of what was allocated meanwhile, sampled, kB",
    ranking("function", functions, 1_024, "kB"),
  ].join("\n\n");
}

function ranking(what, amounts, unit = 1_000, unitName = "ms") {
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  // A function with all it calls can never be more than everything, which the root is.
  const whole = amounts.get("(root)") ?? total;
  const rows = [...amounts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, TOP)
    .map(([name, amount]) => [name, amount / unit, `${((amount / whole) * 100).toFixed(1)} %`]);
  return markdownTable([what, unitName, "share"], rows);
}

const add = (sums, name, amount) => sums.set(name, (sums.get(name) ?? 0) + amount);

function nameOf({ functionName, url, lineNumber }) {
  const place = url.replace(/^.*\/(node_modules|\.next)\//, "").replace(/^file:\/\//, "");
  return `${functionName || "(anonymous)"}${place ? ` ${place}:${lineNumber + 1}` : ""}`;
}

function packageOf({ functionName, url }) {
  if (!url) return functionName.startsWith("(") ? functionName : "built in";
  if (url.startsWith("node:")) return url;
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return name ?? url.replace(/^.*\/\.next\//, ".next/");
}
