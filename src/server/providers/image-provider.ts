import type { AspectRatio } from "@/shared/image";

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
}
