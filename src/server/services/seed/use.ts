import type { OperationDoc } from "@models";
import { shortHash } from "@/server/lib/ids";
import { after, MINUTE_MS, type Scene } from "./past";
import type { Person } from "./person";

/** An operation that begins now; how it ends is still to be said. */
export function beginUse(
  { chance }: Scene,
  { user }: Person,
  at: Date,
  { kind, amount, result }: Pick<OperationDoc, "kind" | "amount"> & { result: (op: string) => Record<string, string> },
): OperationDoc {
  const _id = `${user._id}:${chance.id()}`;
  const op = shortHash(_id);
  return {
    _id,
    op,
    userId: user._id,
    requestHash: shortHash(`${_id}:request`, 43),
    kind,
    amount,
    cost: 0,
    holdBy: after(at, MINUTE_MS),
    leaseUntil: after(at, MINUTE_MS),
    owner: chance.id(),
    state: "DONE",
    settled: true,
    result: result(op),
    requestId: chance.id(16),
    createdAt: at,
  };
}
