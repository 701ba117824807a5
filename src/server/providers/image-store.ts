export interface StoredImage {
  publicId: string;
  /** The original, as uploaded. */
  url: string;
  width: number;
  height: number;
  bytes: number;
  format: string;
}

/** Where images are kept for good. Every failure is a ProviderError. */
export interface ImageStore {
  readonly name: "cloudinary";
  readonly sandbox: boolean;
  /** Stores `image` under `publicId`; storing the same id again replaces it, so a repeat after a crash is harmless. */
  upload(publicId: string, image: Buffer, signal: AbortSignal): Promise<StoredImage>;
  remove(publicId: string, signal: AbortSignal): Promise<void>;
  /** Resolves when the store takes our key. */
  ping(signal: AbortSignal): Promise<void>;
}
