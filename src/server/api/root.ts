import { accountRouter } from "./routers/account";
import { adminRouter } from "./routers/admin";
import { chatRouter } from "./routers/chat";
import { creditsRouter } from "./routers/credits";
import { imageRouter } from "./routers/image";
import { paymentsRouter } from "./routers/payments";
import { statusRouter } from "./routers/status";
import { createCallerFactory, router } from "./trpc";

/** Everything the API offers. */
export const appRouter = router({
  account: accountRouter,
  admin: adminRouter,
  chat: chatRouter,
  credits: creditsRouter,
  image: imageRouter,
  payments: paymentsRouter,
  status: statusRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in-process, middlewares and validation included. */
export const createCaller = createCallerFactory(appRouter);
