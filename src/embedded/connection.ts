import type { Socket } from "node:net";
import type { CommandContext } from "./command";
import { dispatch, errorReply } from "./command-dispatch";
import { frameReply, MessageSplitter, parseRequest, type Request } from "./wire-protocol";

async function send(socket: Socket, reply: Buffer): Promise<void> {
  if (socket.destroyed || socket.write(reply)) return;
  // a client that reads slowly must not fill the memory with replies
  await new Promise<void>((resolve) => {
    const done = () => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
  });
}

/** Reads a message, or answers that it cannot be read. */
async function parse(socket: Socket, message: Buffer): Promise<Request | undefined> {
  try {
    return parseRequest(message);
  } catch (cause) {
    await send(socket, frameReply(errorReply(cause), { id: message.readInt32LE(4), legacy: false }));
    return undefined;
  }
}

/**
 * Answers one client until it leaves, one command after another. A stream that cannot be cut into messages ends this
 * connection and no other.
 */
export function serveConnection(socket: Socket, context: CommandContext): void {
  const splitter = new MessageSplitter();
  let working = false;
  const work = async () => {
    working = true;
    try {
      for (let message = splitter.next(); message; message = splitter.next()) {
        const request = await parse(socket, message);
        if (!request) continue;
        const reply = await dispatch(request, context);
        if (!request.moreToCome) await send(socket, frameReply(reply, request));
      }
    } catch {
      // what was sent is no message, so nothing after it can be read either
      socket.destroy();
    }
    working = false;
    socket.resume();
  };
  socket.on("data", (chunk) => {
    splitter.push(chunk);
    // what comes before the answer is out has to wait
    if (working) socket.pause();
    else void work();
  });
}
