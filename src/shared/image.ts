import { z } from "zod";
import { cursorInput, idempotencyKey, itemId, streamError } from "./common";
import { ASPECT_RATIOS, IMAGE_PROMPT_MAX } from "./image-shapes";

export const aspectRatio = z.enum(ASPECT_RATIOS);
export type AspectRatio = z.infer<typeof aspectRatio>;

export const generateImageInput = z.strictObject({
  prompt: z.string().trim().min(1, "Describe the image.").max(IMAGE_PROMPT_MAX),
  aspectRatio,
  count: z.int().min(1).max(4),
  seed: z.int().min(0).max(2_147_483_647).optional(),
  /** What the button said it would cost; CONFLICT when the price has changed since. */
  expectedCost: z.int().min(0).optional(),
  idempotencyKey,
});
export type GenerateImageInput = z.infer<typeof generateImageInput>;

export const libraryImage = z.object({
  id: z.string(),
  generationId: z.string(),
  prompt: z.string(),
  aspectRatio,
  seed: z.int().optional(),
  url: z.string(),
  width: z.int(),
  height: z.int(),
  charged: z.int(),
  sandbox: z.boolean(),
  requestId: z.string(),
  createdAt: z.date(),
  removedAt: z.date().optional(),
});
export type LibraryImage = z.infer<typeof libraryImage>;

export const GENERATION_STATUSES = ["starting", "processing", "storing", "complete", "failed", "canceled"] as const;
export const generationStatus = z.enum(GENERATION_STATUSES);
export type GenerationStatus = z.infer<typeof generationStatus>;

export const generation = z.object({
  id: z.string(),
  prompt: z.string(),
  aspectRatio,
  count: z.int(),
  status: generationStatus,
  /** It takes longer than anybody should have to watch. */
  late: z.boolean(),
  errorCode: z.string().optional(),
  requestId: z.string(),
  images: z.array(libraryImage),
  charged: z.int(),
  createdAt: z.date(),
});
export type Generation = z.infer<typeof generation>;

export const imageEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), generationId: z.string(), requestId: z.string(), quotedCost: z.int() }),
  z.object({
    type: z.literal("progress"),
    status: z.enum(["starting", "processing", "storing"]),
    percent: z.number().optional(),
  }),
  /** Past the time anybody should watch, and still being made: it arrives in the library, or costs nothing. */
  z.object({ type: z.literal("pending"), generationId: z.string() }),
  z.object({
    type: z.literal("done"),
    images: z.array(libraryImage),
    charged: z.int(),
    balance: z.object({ available: z.int(), held: z.int(), owed: z.int() }),
  }),
  streamError,
]);
export type ImageEvent = z.infer<typeof imageEvent>;

export const listImagesInput = cursorInput.extend({
  search: z.string().trim().max(200).optional(),
  removed: z.boolean().default(false),
});
export const imagePage = z.object({ items: z.array(libraryImage), nextCursor: z.string().optional() });
export const imageIdInput = z.strictObject({ imageId: itemId });
export const generationIdInput = z.strictObject({ generationId: itemId });
export const runningGenerations = z.array(generation);
