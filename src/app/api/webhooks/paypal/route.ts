export { handlePaypalWebhook as POST } from "@/server/api/webhook";
