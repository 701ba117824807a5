import { Rollup } from "@models";
import { hourOf } from "./spans";

/**
 * Has the hours of these times counted again, those that are over: to be called after something in them was changed,
 * and before whoever would repeat the change forgets it. An hour under way costs nothing.
 */
export async function reopenHours(times: Date[]): Promise<void> {
  const current = hourOf(new Date());
  const over = times.map(hourOf).filter((hour) => hour < current);
  if (over.length > 0) await Rollup.reopen("hour", over);
}
