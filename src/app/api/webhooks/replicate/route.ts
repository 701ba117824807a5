export { handleReplicateWebhook as POST } from "@/server/api/webhook";
