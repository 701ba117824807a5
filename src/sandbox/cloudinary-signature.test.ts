import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { isSignedWith, signResponse } from "./cloudinary-signature";

const fields = { public_id: "a/b", timestamp: "1700000000", overwrite: "true", api_key: "k", empty: "" };
const toSign = "overwrite=true&public_id=a/b&timestamp=1700000000";

test.each(["sha1", "sha256"])("takes a %s signature over the sorted fields", (algorithm) => {
  const signature = createHash(algorithm).update(`${toSign}secret`).digest("hex");
  expect(isSignedWith("secret", { ...fields, signature })).toBe(true);
  expect(isSignedWith("other", { ...fields, signature })).toBe(false);
  expect(isSignedWith("secret", { ...fields, public_id: "a/c", signature })).toBe(false);
});

test("takes the version that escapes the separator", () => {
  const signature = createHash("sha1").update("public_id=a%26b&timestamp=1secret").digest("hex");
  expect(isSignedWith("secret", { public_id: "a&b", timestamp: "1", signature })).toBe(true);
});

test("a missing signature is never right", () => {
  expect(isSignedWith("secret", fields)).toBe(false);
});

test("signs the response in the algorithm of the request", () => {
  expect(signResponse("secret", "a/b", 7, "f".repeat(64))).toHaveLength(64);
  expect(signResponse("secret", "a/b", 7)).toBe(
    createHash("sha1").update("public_id=a/b&version=7secret").digest("hex"),
  );
});
