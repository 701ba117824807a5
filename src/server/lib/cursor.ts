import { z } from "zod";
import { AppError } from "@/shared/errors";

const position = z.tuple([z.number(), z.string()]);

/** Where a page of a list sorted by time and id ended, as an opaque token. */
export function encodeCursor(item: { at: Date; id: string }): string {
  return Buffer.from(JSON.stringify([item.at.getTime(), item.id])).toString("base64url");
}

/** @throws AppError VALIDATION for a token this server did not make. */
export function decodeCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { at: new Date(at), id };
  } catch (error) {
    const problem = "Start again from the first page.";
    throw new AppError("VALIDATION", `cursor: ${problem}`, { cause: error, fieldErrors: { cursor: [problem] } });
  }
}
