import { usersInput } from "@/shared/admin";

const { query, sort, role, status } = usersInput.shape;

/** Which users the page's address asks for; what it asks in vain is left out. */
export function readUserFilter(params: Pick<URLSearchParams, "get">) {
  const asked = (name: string) => params.get(name) || undefined;
  return {
    query: query.catch(undefined).parse(asked("query")),
    sort: sort.catch("newest").parse(asked("sort")),
    role: role.catch(undefined).parse(asked("role")),
    status: status.catch(undefined).parse(asked("status")),
  };
}

export type UserFilter = ReturnType<typeof readUserFilter>;

/** Whether it leaves anybody out. */
export const isNarrow = ({ query, role, status }: Omit<UserFilter, "sort">): boolean =>
  query !== undefined || role !== undefined || status !== undefined;
