import { parseArgs } from "node:util";
import { borrowSandbox, borrowStore } from "./borrow.mjs";
import { ensureInstalled } from "./install.mjs";
import { inProject, PlainError } from "./project.mjs";
import { run } from "./run.mjs";
import { completeEnvironment, readSettings } from "./settings.mjs";

const usage = `npm run seed                    fills a fresh instance with 200 made-up people and 90 days of use
npm run seed -- --add           beside the people there are
npm run seed -- --seed 7        other people; the same number makes the same ones
npm run seed -- --people 50 --days 30`;

/**
 * Fills this instance with demo data, whether it runs or not.
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code
 */
export async function seed(argv) {
  const options = readOptions(argv);
  if (options.help) {
    console.log(usage);
    return 0;
  }
  await ensureInstalled();
  const settings = readSettings({ dev: false });
  const environment = { ...completeEnvironment(settings), LOG_LEVEL: "silent" };
  const borrowed = [];
  try {
    if (settings.embedded) {
      const store = await borrowStore(settings.directory, environment);
      borrowed.push(store);
      environment.MONGODB_URI = new URL("/inkwell", store.address).href;
    }
    if (settings.sandbox) borrowed.push(await borrowSandbox(settings.directory, environment, settings.sandboxPort));
    const { seed: number, people, days, add } = options;
    const program = inProject("scripts", "lib", "seed-people.ts");
    const command = ["--import", "tsx", program, JSON.stringify({ seed: number, people, days, add })];
    return await run(process.execPath, command, { env: environment });
  } finally {
    for (const service of borrowed) await service.close();
  }
}

function readOptions(argv) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        add: { type: "boolean", default: false },
        seed: { type: "string", default: "1" },
        people: { type: "string", default: "200" },
        days: { type: "string", default: "90" },
        help: { type: "boolean", default: false },
      },
    });
    const { seed: number, people, days, ...flags } = values;
    return {
      ...flags,
      seed: wholeNumber("--seed", number, 1, 4_294_967_295),
      people: wholeNumber("--people", people, 1, 2_000),
      days: wholeNumber("--days", days, 1, 365),
    };
  } catch (error) {
    throw new PlainError(`${error.message}\n\n${usage}`);
  }
}

function wholeNumber(name, text, least, most) {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
}
