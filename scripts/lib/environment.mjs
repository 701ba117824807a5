import { parseEnv } from "node:util";
import { inProject, PlainError, readIfPresent } from "./project.mjs";

/**
 * The settings from the environment files, in Next's order of precedence: what the first file says, stands.
 * @param {"development" | "production"} mode
 */
export function readEnvFiles(mode) {
  const files = [`.env.${mode}.local`, ".env.local", `.env.${mode}`, ".env"];
  const settings = files.map((file) => parseEnv(readIfPresent(inProject(file)) ?? ""));
  return Object.assign({}, ...settings.reverse());
}

/** The environment of this process over the one in the files. */
export function readEnvironment(mode) {
  return { ...readEnvFiles(mode), ...process.env };
}

/**
 * Reads a port from the environment.
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} name
 * @param {number} fallback
 */
export function portFrom(environment, name, fallback) {
  const text = environment[name];
  if (!text) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new PlainError(`${name} must be a port number between 1 and 65535, not "${text}".`);
}
