import { cancelGeneration, removeImage, restoreImage } from "@/server/services/image/change-image";
import { generateImage } from "@/server/services/image/generate-image";
import { getGeneration, getImage, listRunning } from "@/server/services/image/get-image";
import { listImages } from "@/server/services/image/list-images";
import { stopOutput } from "@/shared/chat";
import {
  generateImageInput,
  generation,
  generationIdInput,
  imageIdInput,
  imagePage,
  libraryImage,
  listImagesInput,
  runningGenerations,
} from "@/shared/image";
import { limitedProcedure, signedInProcedure } from "../procedures";
import { streamSignal } from "../streaming";
import { router } from "../trpc";

export const imageRouter = router({
  /** Streams the progress; the last event carries the images, the charge and the new balance. */
  generate: limitedProcedure("image")
    .input(generateImageInput)
    .mutation(({ ctx, input, signal }) => generateImage(ctx.actor, input, streamSignal(signal))),
  list: signedInProcedure
    .input(listImagesInput)
    .output(imagePage)
    .query(({ ctx, input }) => listImages(ctx.user.id, input)),
  get: signedInProcedure
    .input(imageIdInput)
    .output(libraryImage)
    .query(({ ctx, input }) => getImage(ctx.user.id, input.imageId)),
  remove: signedInProcedure
    .input(imageIdInput)
    .output(libraryImage)
    .mutation(({ ctx, input }) => removeImage(ctx.user.id, input.imageId)),
  restore: signedInProcedure
    .input(imageIdInput)
    .output(libraryImage)
    .mutation(({ ctx, input }) => restoreImage(ctx.user.id, input.imageId)),
  generation: signedInProcedure
    .input(generationIdInput)
    .output(generation)
    .query(({ ctx, input }) => getGeneration(ctx.user.id, input.generationId)),
  /** What is being made now. */
  running: signedInProcedure.output(runningGenerations).query(({ ctx }) => listRunning(ctx.user.id)),
  cancel: signedInProcedure
    .input(generationIdInput)
    .output(stopOutput)
    .mutation(({ ctx, input }) => cancelGeneration(ctx.user.id, input.generationId)),
});
