import { Marker, User } from "@models";
import { isDuplicateKey } from "@/server/db/mongo-errors";

/**
 * Makes the first account of an instance its ADMIN. Who is first is decided by one document that only one can insert,
 * not by counting. Safe to repeat: a crash between the mark and the role is made good at the next sign-in.
 */
export async function claimFirstAdmin(userId: string): Promise<void> {
  const marker = await Marker.findById("first-admin").lean();
  if (marker?.applied) return;
  if (!marker) {
    try {
      await Marker.insertOne({ _id: "first-admin", userId, applied: false });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
  const first = await Marker.findOne({ _id: "first-admin", userId, applied: false }).lean();
  if (!first) return;
  await User.updateOne({ _id: userId }, { $set: { role: "ADMIN" } });
  await Marker.updateOne({ _id: "first-admin" }, { $set: { applied: true } });
}
