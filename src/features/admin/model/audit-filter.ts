import { auditInput } from "@/shared/admin";

const filter = auditInput.pick({ action: true, subject: true });

/** What of the audit log the address asks for; what cannot be asked for is left out. */
export function readAuditFilter(params: URLSearchParams) {
  const part = (name: "action" | "subject") => {
    const { data } = filter.safeParse({ [name]: params.get(name) ?? undefined });
    return data?.[name] === undefined ? {} : { [name]: data[name] };
  };
  return { ...part("action"), ...part("subject") };
}
