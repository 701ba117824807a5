import { type Failure, toFailure } from "@/components/lib/failure";
import { fieldErrorsOf } from "@/components/lib/field-errors";
import { registerInput } from "@/shared/account";
import { visitor } from "@/trpc/client";

/** Opens an account with what the form says; resolves to what is wrong with it, if anything is. */
export async function openAccount(values: Record<string, string>): Promise<Failure | undefined> {
  const input = registerInput.safeParse(values);
  if (!input.success) return { code: "VALIDATION", message: "", fieldErrors: fieldErrorsOf(input.error) };
  try {
    await visitor.account.register.mutate(input.data);
    return undefined;
  } catch (error) {
    return toFailure(error);
  }
}
