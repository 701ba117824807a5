import { createEnv } from "@t3-oss/env-nextjs";
import { variables } from "./env-variables";

/** What was set, as it was set: for the doctor, who looks at names that are nobody's. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** The one reader of the process environment. `.env.example` documents each variable. */
export const env = createEnv({
  server: variables,
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  // A build only compiles; it needs no secrets and must not be stopped for want of them.
  skipValidation: process.env.SKIP_ENV_VALIDATION === "1" || process.env.NEXT_PHASE === "phase-production-build",
  onValidationError: (issues) => {
    const lines = issues.map((issue) => `  ${issue.path?.map(String).join(".") ?? "environment"}: ${issue.message}`);
    throw new Error(
      `The environment is not as it should be. Mend these variables (see .env.example):\n${lines.join("\n")}`,
    );
  },
});
