import { env } from "@/env";

const FETCH_MS = 10_000;

/**
 * The sandbox's stored images, under the app's own address: the sandbox listens on this machine only, and people may
 * open the app from another.
 */
export async function GET(request: Request, { params }: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const { path } = await params;
  const isImage = path[0] === "cloudinary" && path[2] === "image" && path[3] === "upload" && !path.includes("..");
  if (!env.SANDBOX_URL || !isImage) return new Response("Not found", { status: 404 });
  const url = `${env.SANDBOX_URL}/${path.map(encodeURIComponent).join("/")}`;
  const etag = request.headers.get("if-none-match");
  const reply = await fetch(url, {
    headers: etag ? { "if-none-match": etag } : {},
    signal: AbortSignal.timeout(FETCH_MS),
  });
  const headers = new Headers({ "x-content-type-options": "nosniff" });
  for (const name of ["content-type", "cache-control", "etag"]) {
    const value = reply.headers.get(name);
    if (value) headers.set(name, value);
  }
  return new Response(reply.body, { status: reply.status, headers });
}
