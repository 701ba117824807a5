import { accountRouter } from "./routers/account";
import { chatRouter } from "./routers/chat";
import { creditsRouter } from "./routers/credits";
import { imageRouter } from "./routers/image";
import { statusRouter } from "./routers/status";
import { createCallerFactory, router } from "./trpc";

/** Everything the API offers. */
export const appRouter = router({
  account: accountRouter,
  chat: chatRouter,
  credits: creditsRouter,
  image: imageRouter,
  status: statusRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in-process, middlewares and validation included. */
export const createCaller = createCallerFactory(appRouter);
