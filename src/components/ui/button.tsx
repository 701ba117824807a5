import type { ComponentProps } from "react";
import { cn } from "../lib/cn";
import { Slot } from "../lib/slot";

type ButtonProps = ComponentProps<"button"> & {
  /** `primary`: the one thing to do here. `outline`: another. `quiet`: one that can be done. `link`: in running text. */
  variant?: "primary" | "outline" | "quiet" | "link";
  size?: "md" | "sm" | "icon" | "icon-sm" | "inline";
  asChild?: boolean;
};

/** A button, or with `asChild` a link that looks like one. Its looks are in `controls.css`. */
export function Button({
  asChild,
  className,
  variant = "primary",
  size = "md",
  type = "button",
  ...props
}: ButtonProps) {
  const classes = cn("button", `button-${variant}`, `button-${size}`, className);
  if (asChild) return <Slot className={classes} {...props} />;
  return <button type={type} className={classes} {...props} />;
}
