import { serveChatSend } from "@/server/api/serve-chat-send";

/** A file with a name of its own goes before the catch-all under `src/app`, and writes to the socket without Web streams. */
export default serveChatSend;

/** The body is read, and its bytes are counted, where those of the other procedures are. */
export const config = { api: { bodyParser: false } };
