import type { Role } from "@/shared/entitlements";

/** What each role is called. */
export const ROLE_NAMES: Record<Role, string> = { USER: "Member", SUBSCRIBER: "Subscriber", ADMIN: "Administrator" };
