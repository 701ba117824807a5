/** The least that can stand between a client and a provider: passes bytes on, knows nothing. UPSTREAM names the provider. */
import { Agent, createServer, request } from "node:http";

const agent = new Agent({ keepAlive: true });
const { hostname, port } = new URL(process.env.UPSTREAM);

const server = createServer((incoming, outgoing) => {
  const { method, url: path, headers } = incoming;
  const upstream = request({ hostname, port, method, path, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.on("error", () => outgoing.destroy());
  incoming.pipe(upstream);
});

server.listen(0, "127.0.0.1", () => console.log(`proxy ready http://127.0.0.1:${server.address().port}`));
