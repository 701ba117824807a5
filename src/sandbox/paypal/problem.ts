import type { z } from "zod";
import { newDebugId } from "./ids";

export interface Link {
  href: string;
  rel: string;
  method: string;
}

export interface ProblemDetail {
  field?: string;
  location?: "body";
  issue: string;
  description: string;
}

/** A refusal in PayPal's own form; a stand-in's route throws it and is done. */
export class PaypalProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: ProblemDetail[] = [],
    readonly links: Link[] = [],
  ) {
    super(message);
  }

  toBody(): object {
    const { code, message, details, links } = this;
    return { name: code, message, debug_id: newDebugId(), details, links };
  }
}

const CODES: Record<number, string> = {
  400: "INVALID_REQUEST",
  401: "AUTHENTICATION_FAILURE",
  403: "NOT_AUTHORIZED",
  404: "RESOURCE_NOT_FOUND",
  409: "RESOURCE_CONFLICT",
  422: "UNPROCESSABLE_ENTITY",
  429: "RATE_LIMIT_REACHED",
  500: "INTERNAL_SERVER_ERROR",
  503: "SERVICE_UNAVAILABLE",
};

/** The problem PayPal names by that status. */
export function problemOf(status: number, message: string): PaypalProblem {
  return new PaypalProblem(status, CODES[status] ?? "INTERNAL_SERVICE_ERROR", message);
}

export function malformed(field: string, issue: string, description: string): PaypalProblem {
  return new PaypalProblem(
    400,
    "INVALID_REQUEST",
    "Request is not well-formed, syntactically incorrect, or violates schema.",
    [{ field, location: "body", issue, description }],
  );
}

export function unprocessable(issue: string, description: string, field?: string, links: Link[] = []): PaypalProblem {
  return new PaypalProblem(
    422,
    "UNPROCESSABLE_ENTITY",
    "The requested action could not be performed, semantically incorrect, or failed business validation.",
    [{ ...(field && { field }), issue, description }],
    links,
  );
}

export function notFound(): PaypalProblem {
  return new PaypalProblem(404, "RESOURCE_NOT_FOUND", "The specified resource does not exist.", [
    {
      issue: "INVALID_RESOURCE_ID",
      description: "Specified resource ID does not exist. Please check the resource ID.",
    },
  ]);
}

/** The body as the schema has it; throws the problem PayPal would name for the first field that is wrong. */
export function readAs<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  const field = `/${path.join("/")}`;
  if (valueAt(body, path) === undefined) {
    throw malformed(field, "MISSING_REQUIRED_PARAMETER", "A required field / parameter is missing.");
  }
  if (issue?.code === "too_big") {
    throw malformed(field, "INVALID_STRING_LENGTH", "The value of a field is either too short or too long.");
  }
  throw malformed(field, "INVALID_PARAMETER_VALUE", "The value of a field is invalid.");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}
