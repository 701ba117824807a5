/** The least a pages API route can do. */
export default function noop(_request, response) {
  response.json({ ok: true });
}
