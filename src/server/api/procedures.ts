import type { Actor } from "@/server/lib/actor";
import { type LimitName, takeUserToken } from "@/server/services/limits/take-token";
import { settingsLoaded } from "@/server/services/settings/current-settings";
import type { Role } from "@/shared/entitlements";
import { AppError } from "@/shared/errors";
import type { Context } from "./context";
import { middleware, publicProcedure } from "./trpc";

export { publicProcedure } from "./trpc";

const signedIn = middleware(async ({ ctx, next }) => {
  const user = await ctx.session();
  if (!user) throw new AppError("UNAUTHENTICATED");
  if (user.status === "suspended") throw new AppError("FORBIDDEN", "This account is suspended. Ask the operator why.");
  await settingsLoaded();
  const log = ctx.log.child({ userId: user.id });
  const actor: Actor = { user: { id: user.id, role: user.role }, requestId: ctx.requestId, log };
  return next({ ctx: { user, actor, log } });
});

/** Lets people through who are signed in and not suspended. `ctx.actor` is what services are given. */
export const signedInProcedure = publicProcedure.use(signedIn);

/** Lets only the listed roles through; everyone else gets FORBIDDEN. */
export const roleProcedure = (...allowed: Role[]) =>
  signedInProcedure.use(({ ctx, next }) => {
    if (!allowed.includes(ctx.user.role)) throw new AppError("FORBIDDEN");
    return next();
  });

export const adminProcedure = roleProcedure("ADMIN");

/**
 * Takes one of the caller's tokens before anything else is looked at; without one it is RATE_LIMITED. From whoever called
 * before it is taken while their session is read.
 */
export const limitedProcedure = (limit: LimitName) =>
  publicProcedure
    .use(({ ctx, next }) => next({ ctx: { early: takeEarly(limit, ctx) } }))
    .use(signedIn)
    .use(async ({ ctx: { early, actor, log }, next }) => {
      await (early?.role === actor.user.role ? early.taken : takeUserToken(limit, actor.user, log));
      return next();
    });

function takeEarly(limit: LimitName, ctx: Context): { role: Role; taken: Promise<void> } | undefined {
  const caller = ctx.lastCaller();
  if (!caller) return undefined;
  const taken = takeUserToken(limit, caller, ctx.log.child({ userId: caller.id }));
  // Nobody may come to ask: whose session is over is refused for that.
  taken.catch(() => undefined);
  return { role: caller.role, taken };
}
