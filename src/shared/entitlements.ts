/** What each role may do: data, so that an operator reads it at a glance. */
export const ROLES = ["USER", "SUBSCRIBER", "ADMIN"] as const;
export type Role = (typeof ROLES)[number];

export interface Entitlements {
  /** Chat messages a minute. */
  chatPerMinute: number;
  /** Image requests a minute. */
  imagesPerMinute: number;
  imagesPerRequest: number;
  concurrentGenerations: number;
  /** May use the `smart` tier. */
  smart: boolean;
}

export const ENTITLEMENTS: Record<Role, Entitlements> = {
  USER: { chatPerMinute: 20, imagesPerMinute: 5, imagesPerRequest: 1, concurrentGenerations: 2, smart: false },
  SUBSCRIBER: { chatPerMinute: 60, imagesPerMinute: 15, imagesPerRequest: 4, concurrentGenerations: 4, smart: true },
  ADMIN: { chatPerMinute: 120, imagesPerMinute: 30, imagesPerRequest: 4, concurrentGenerations: 8, smart: true },
};
