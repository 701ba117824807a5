import type { AspectRatio } from "@/shared/image";
import type { ModelLookup } from "./model-lookup";
import type { WebhookDelivery, WebhookRefusal } from "./webhook-delivery";

export interface PredictionRequest {
  model: string;
  prompt: string;
  aspectRatio: AspectRatio;
  count: number;
  seed?: number;
  signal: AbortSignal;
}

export interface Prediction {
  id: string;
  status: "starting" | "processing" | "succeeded" | "failed" | "canceled";
  /** 0 to 100, when the provider tells. */
  percent?: number;
  /** Where the images can be fetched for a limited time, once succeeded. */
  outputUrls: string[];
  /** The provider declined the prompt for safety. */
  blocked: boolean;
}

/** Makes images by prediction: created once, then asked about until it ends. Every failure is a ProviderError. */
export interface ImageProvider {
  readonly name: "replicate";
  readonly sandbox: boolean;
  create(request: PredictionRequest): Promise<Prediction>;
  get(id: string, signal: AbortSignal): Promise<Prediction>;
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /** The bytes of one output. */
  download(url: string, signal: AbortSignal): Promise<Buffer>;
  /** Whether the token is good and the model known, by one call that costs nothing. */
  lookUpModel(model: string, signal: AbortSignal): Promise<ModelLookup>;
  /** The secret this account's notices are signed with. */
  signingSecret(signal: AbortSignal): Promise<string>;
}

/** The provider's word that a prediction has ended. How it ended is read again. */
export interface PredictionNotice {
  predictionId: string;
}

/** There are no certificates in this. */
export type NoticeRefusal = Exclude<WebhookRefusal, "certificate">;

/** Tells the provider's own notices from everyone else's, without asking the provider. */
export interface PredictionNoticeVerifier {
  verify(delivery: WebhookDelivery): Promise<PredictionNotice | { refused: NoticeRefusal }>;
}
