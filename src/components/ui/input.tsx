import type { ComponentProps } from "react";
import { cn } from "../lib/cn";

/** A line to write on. Its looks are in `controls.css`. */
export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn("input", className)} {...props} />;
}
