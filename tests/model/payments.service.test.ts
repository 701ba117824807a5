import { vi } from "vitest";
import { describeModel } from "./describe-model";
import * as payments from "./payment-commands";
import * as time from "./time-commands";
import * as uses from "./use-commands";

vi.mock("@/server/lib/clock", () => import("./turn-clock"));

describeModel({
  share: 0.25,
  commands: [
    { weight: 4, arbitrary: payments.order },
    { weight: 3, arbitrary: payments.comeBack },
    { weight: 6, arbitrary: payments.report },
    { weight: 3, arbitrary: payments.refund },
    { weight: 2, arbitrary: payments.dispute },
    { weight: 1, arbitrary: payments.resolve },
    { weight: 1, arbitrary: payments.review },
    { weight: 2, arbitrary: uses.ask },
    { weight: 1, arbitrary: uses.adjust },
    { weight: 5, arbitrary: time.goOn },
    { weight: 2, arbitrary: time.crash },
    { weight: 2, arbitrary: time.sweep },
    { weight: 1, arbitrary: time.audit },
  ],
  bugs: ["the grant keyed on the event"],
});
