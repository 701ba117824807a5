/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Native or self-registering packages that must be loaded as they are, once for the process.
  serverExternalPackages: ["mongoose", "@node-rs/argon2", "pino", "ioredis", "cloudinary", "replicate", "undici"],
  // `npm run types` checks the types, tests included; starting the app must not depend on a test's types.
  typescript: { ignoreBuildErrors: true },
  images: { loader: "custom", loaderFile: "./src/components/image-loader.ts" },
};
