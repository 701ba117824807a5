import { createHash } from "node:crypto";
import Redis from "ioredis";

const redis = process.env.REDIS_URL ? new Redis(process.env.REDIS_URL) : undefined;
const memory = new Map();

/** The floor of a cached answer: looks it up under its question's hash. PUT keeps one. */
export default async function cached(request, response) {
  const { question, answer } = request.body;
  const key = `floor:${createHash("sha256").update(question).digest("base64url")}`;
  if (request.method === "PUT") {
    await (redis ? redis.set(key, answer) : memory.set(key, answer));
    return response.json({ kept: true });
  }
  const text = await (redis ? redis.get(key) : memory.get(key));
  response.status(text ? 200 : 404).json({ text });
}
