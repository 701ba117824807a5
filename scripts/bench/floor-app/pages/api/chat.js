import { askUpstream } from "../../read-openai.js";

/** The floor of a chat in Next: parses what the provider sends and writes it out again, a line for each piece. */
export default async function chat(request, response) {
  const pieces = await askUpstream(request.body.messages);
  response.writeHead(200, { "content-type": "application/jsonl", "cache-control": "no-store, no-transform" });
  for await (const text of pieces) response.write(`{"type":"delta","text":${JSON.stringify(text)}}\n`);
  response.end('{"type":"done"}\n');
}
