import { handleMetrics } from "@/server/api/metrics";

export const dynamic = "force-dynamic";

export const GET = (request: Request) => handleMetrics(request);
