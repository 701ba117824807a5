import { parseArgs } from "node:util";
import { PlainError } from "../lib/project.mjs";
import { scenarios } from "./scenarios/index.mjs";

const SOAK_MINUTES = "60";

export const usage = () => `npm run bench                      measures everything: the better part of an hour
npm run bench -- --quick           fewer and shorter windows, small sizes
npm run bench -- --only chat-stream,cache-hit
npm run bench -- --without portkey,ai-sdk
npm run bench -- --windows 20 --window-ms 2000
npm run bench -- --connections 1,16   how many ask at once, in chat-stream and cache-hit
npm run bench -- --ignore-niced    does not count what runs at a lower priority as noise
npm run bench -- --profile         writes a CPU profile and a heap summary of Inkwell into bench-results/
npm run bench -- --soak [minutes]  an hour, or so many minutes, at half of what it can take

Scenarios
${scenarios.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join("\n")}

MONGODB_URI measures on that database, in databases named inkwell-bench-…; without it on the store that ships.`;

/** What the command line asks for. */
export function readOptions(argv) {
  try {
    // A flag that may stand alone.
    const complete = argv.flatMap((word, i) =>
      word === "--soak" && !/^\d/.test(argv[i + 1] ?? "") ? [word, SOAK_MINUTES] : [word],
    );
    const { values } = parseArgs({
      args: complete,
      options: {
        only: { type: "string" },
        without: { type: "string", default: "" },
        quick: { type: "boolean", default: false },
        windows: { type: "string" },
        connections: { type: "string", default: "1,16,64" },
        "window-ms": { type: "string" },
        "ignore-niced": { type: "boolean", default: false },
        profile: { type: "boolean", default: false },
        soak: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    const { quick, profile, help } = values;
    const soakMinutes = values.soak === undefined ? undefined : positive("--soak", values.soak);
    return {
      quick,
      profile,
      help,
      soakMinutes,
      chosen: chosen(values.only, soakMinutes),
      without: values.without.split(",").filter(Boolean),
      windows: positive("--windows", values.windows ?? (quick ? "4" : "12")),
      windowMs: positive("--window-ms", values["window-ms"] ?? (quick ? "1000" : "1500")),
      connections: values.connections.split(",").map((text) => positive("--connections", text)),
      ignoreNiced: values["ignore-niced"],
    };
  } catch (error) {
    throw new PlainError(`${error.message}\n\n${usage()}`);
  }
}

/** Everything that is not asked for by its own flag, or what was named. */
function chosen(only, soakMinutes) {
  if (only === undefined) {
    return scenarios.filter(({ name }) => (soakMinutes === undefined ? name !== "soak" : name === "soak"));
  }
  return only.split(",").map((wanted) => {
    const scenario = scenarios.find(({ name }) => name === wanted);
    if (!scenario) throw new Error(`There is no scenario "${wanted}".`);
    return scenario;
  });
}

function positive(name, text) {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Error(`${name} must be a number above zero, not "${text}".`);
}
