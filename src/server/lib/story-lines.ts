import { BoundedQueue } from "./bounded-queue";
import { processState } from "./process-state";

/** About a minute of a busy process, in a few megabytes. */
const LINES_MAX = 20_000;
/** A line that is longer is none of ours. */
const CHARACTERS_MAX = 16_000;

/** Log lines of requests, as they stand on stdout, on their way to the database. */
export const storyLines = (): BoundedQueue<string> => processState("story-lines", () => new BoundedQueue(LINES_MAX));

/** Where the logger writes to besides stdout. Lines that belong to no request have no story to be in. */
export const storyStream = {
  write(line: string): void {
    if (!line.includes('"requestId":"')) return;
    if (line.length > CHARACTERS_MAX) storyLines().drop(1);
    else storyLines().add(line);
  },
};
