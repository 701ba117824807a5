/** The pieces of text in OpenAI's stream, one after the other. */
export async function* readOpenai(body) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of body) {
    const events = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      if (!event.startsWith("data: {")) continue;
      const text = JSON.parse(event.slice(6)).choices[0]?.delta.content;
      if (text) yield text;
    }
  }
}

/** Asks the upstream for a stream. */
export async function askUpstream(messages, signal) {
  const response = await fetch(`${process.env.UPSTREAM}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer bench" },
    body: JSON.stringify({ model: "bench", stream: true, messages }),
    signal,
    cache: "no-store",
  });
  return readOpenai(response.body);
}
