import { Marker, Operation, User } from "@models";
import { env } from "@/env";
import { isPublicAddress } from "@/server/lib/own-machine";
import { chatProviders, imageProvider, imageStore, paymentProvider, redisInUse } from "@/server/providers/configured";
import { readSettings } from "@/server/services/settings/current-settings";
import type { Checklist } from "@/shared/operations";
import { orUnset } from "./check-images";
import { processes } from "./check-redis";

type Step = Checklist[number];

/**
 * What a new operator does first, and which of it is done: all of it read from what is there, nothing ticked by hand.
 * @throws AppError SERVICE_UNAVAILABLE when the database is away.
 */
export async function firstSteps(): Promise<Checklist> {
  const { version } = await readSettings();
  const [admin, secondAdmin, answered, running] = await Promise.all([
    Marker.exists({ _id: "first-admin" }),
    User.find({ role: "ADMIN" }, { _id: 1 }).limit(2).lean(),
    Operation.findOne({ kind: "chat", state: "DONE" }, { _id: 1 }).sort({ createdAt: 1 }).lean(),
    processes(),
  ]);
  const steps: Step[] = [
    {
      id: "administrator",
      title: "Open the administrator's account",
      done: admin !== null,
      how: "The first account to register becomes the administrator's.",
      href: "/sign-up",
    },
    {
      id: "answer",
      title: "Get the first answer",
      done: answered !== null,
      how: "Ask anything; without keys the sandbox answers.",
      href: "/chat",
    },
    ...keySteps(),
    {
      id: "address",
      title: "Serve it with TLS",
      done: isPublicAddress(env.NEXTAUTH_URL),
      how: "Put a proxy with a certificate in front of the app and set NEXTAUTH_URL to its https address.",
    },
    {
      id: "prices",
      title: "Look at prices and packs",
      done: version > 0,
      how: "Save the settings once, as they are or as you want them.",
      href: "/admin/settings",
    },
    {
      id: "second-administrator",
      title: "Have a second administrator",
      done: secondAdmin.length > 1,
      how: "Give somebody you trust the role ADMIN, in case you lose your password.",
      href: "/admin/users",
    },
  ];
  return running > 1 ? [...steps, redisStep()] : steps;
}

/** The keys that turn providers live, in the order they matter. */
function keySteps(): Step[] {
  const isLive = (provider: { sandbox: boolean } | undefined) => provider !== undefined && !provider.sandbox;
  const paypal = isLive(orUnset(paymentProvider));
  return [
    {
      id: "chat",
      title: "Turn chat live",
      done: chatProviders().some(isLive),
      how: "Set GEMINI_API_KEY or OPENAI_API_KEY, better both, and restart: one answers when the other cannot.",
      href: "/admin/providers",
    },
    {
      id: "images",
      title: "Turn images live",
      done: isLive(orUnset(imageProvider)),
      how: "Set REPLICATE_API_TOKEN and restart.",
      href: "/admin/providers",
    },
    {
      id: "storage",
      title: "Keep images in Cloudinary",
      done: isLive(orUnset(imageStore)),
      how: "Set CLOUDINARY_URL and restart; until then images are kept on this machine.",
      href: "/admin/providers",
    },
    {
      id: "payments",
      title: "Take real money",
      done: paypal,
      how: "Set PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET of a live app, and restart.",
      href: "/admin/providers",
    },
    {
      id: "webhook",
      title: "Hear of refunds and disputes",
      done: paypal && env.PAYPAL_WEBHOOK_ID !== undefined,
      how: "Add a webhook to the app at developer.paypal.com and set PAYPAL_WEBHOOK_ID; the doctor says for which address.",
      href: "/admin/doctor",
    },
  ];
}

const redisStep = (): Step => ({
  id: "redis",
  title: "Share limits between processes",
  done: redisInUse() !== undefined,
  how: "Several processes serve this instance: set REDIS_URL (or the two of Upstash) for all of them, and restart.",
  href: "/admin/doctor",
});
