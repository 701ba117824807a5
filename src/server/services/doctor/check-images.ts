import { isPublicAddress } from "@/server/lib/own-machine";
import { imageProvider, imageStore } from "@/server/providers/configured";
import type { ImageProvider } from "@/server/providers/image-provider";
import { replicateWebhookUrl } from "@/server/providers/replicate-webhook-url";
import { AppError } from "@/shared/errors";
import type { Finding } from "@/shared/operations";
import { unknownModel, unpriced } from "./check-chat";
import { clockSkew } from "./clock-skew";
import { explainProvider } from "./explain-provider";
import { found } from "./findings";
import type { Check, Environment } from "./patient";

/** Replicate: the token, the model, and whether its webhooks can be believed. */
export const replicateCheck: Check = {
  subject: "Replicate",
  async look({ settings, environment }, signal) {
    const provider = orUnset(imageProvider);
    if (!provider) return [unset("REPLICATE_API_TOKEN", "images cannot be made")];
    const { values, version } = await settings;
    try {
      const from = new Date();
      const { known, at } = await provider.lookUpModel(values.imageModel, signal);
      return [
        ...(at ? clockSkew("Replicate", at, [from, new Date()]) : []),
        ...(known
          ? unpriced(provider, values.imageModel, "REPLICATE_MODEL")
          : [unknownModel("Replicate", "REPLICATE_MODEL", values.imageModel, version)]),
        ...(await examineWebhook(provider, environment, signal)),
      ];
    } catch (error) {
      return [explainProvider("replicate", error, signal)];
    }
  },
};

async function examineWebhook(
  provider: ImageProvider,
  { NEXTAUTH_URL, REPLICATE_WEBHOOK_SECRET }: Environment,
  signal: AbortSignal,
): Promise<Finding[]> {
  if (!NEXTAUTH_URL || !isPublicAddress(NEXTAUTH_URL) || provider.sandbox) return [];
  const subject = "REPLICATE_WEBHOOK_SECRET";
  const fix = `Set ${subject} to the account's signing secret; docs/operators/install.md says where it is to be had.`;
  if (!replicateWebhookUrl({ NEXTAUTH_URL, REPLICATE_WEBHOOK_SECRET })) {
    const problem = "Replicate is only asked every few seconds whether late images have come; it could tell.";
    return [found("replicate.webhook-unset", { subject, problem, fix })];
  }
  if ((await provider.signingSecret(signal)) === REPLICATE_WEBHOOK_SECRET) return [];
  const problem = "It is not the secret that Replicate signs with, so every message of Replicate's is refused.";
  return [found("replicate.secret", { subject, problem, fix })];
}

/** Cloudinary: the key and the cloud. */
export const cloudinaryCheck: Check = {
  subject: "Cloudinary",
  async look(_patient, signal) {
    const store = orUnset(imageStore);
    if (!store) return [unset("CLOUDINARY_URL", "images cannot be kept")];
    try {
      await store.ping(signal);
      return [];
    } catch (error) {
      return [explainProvider("cloudinary", error, signal)];
    }
  },
};

/** What is set up, or undefined when it is not. */
export function orUnset<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch (error) {
    if (error instanceof AppError && error.code === "SERVICE_UNAVAILABLE") return undefined;
    throw error;
  }
}

export const unset = (variable: string, consequence: string): Finding =>
  found("provider.unset", {
    subject: variable,
    problem: `It is not set, and neither is a sandbox: ${consequence}.`,
    fix: `Set ${variable} to offer it; nothing has to be done otherwise.`,
  });
