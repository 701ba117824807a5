import type { ServerResponse } from "node:http";
import type { z } from "zod";
import { sendJson } from "./exchange";

/** Refuses a control request, naming the field. */
export function sendRefusal(res: ServerResponse, error: z.ZodError): void {
  const [issue] = error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path.join(".");
  sendJson(res, 400, { error: `${field || "body"}: ${issue?.message}`, field: field || "body" });
}
