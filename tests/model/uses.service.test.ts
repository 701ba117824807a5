import { vi } from "vitest";
import { describeModel } from "./describe-model";
import * as time from "./time-commands";
import * as uses from "./use-commands";

vi.mock("@/server/lib/clock", () => import("./turn-clock"));

describeModel({
  share: 0.75,
  commands: [
    { weight: 5, arbitrary: uses.ask },
    { weight: 1, arbitrary: uses.askAgain },
    { weight: 1, arbitrary: uses.askPart },
    { weight: 1, arbitrary: uses.answerElsewhere },
    { weight: 1, arbitrary: uses.stop },
    { weight: 1, arbitrary: uses.repeat },
    { weight: 1, arbitrary: uses.adjust },
    { weight: 1, arbitrary: uses.register },
    { weight: 6, arbitrary: time.goOn },
    { weight: 2, arbitrary: time.crash },
    { weight: 1, arbitrary: time.beat },
    { weight: 2, arbitrary: time.expire },
    { weight: 4, arbitrary: time.sweep },
    { weight: 1, arbitrary: time.audit },
  ],
  bugs: ["the decision skipped", "the tombstone missing", "the outbox drained before the insert"],
});
