export { isSandboxReady, sandboxMode } from "@/server/providers/configured";
