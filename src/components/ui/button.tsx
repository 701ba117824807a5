import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../lib/cn";

const button = cva(
  "relative inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors duration-150 disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        /** The one thing to do here. */
        primary:
          "bg-action text-action-ink hover:bg-action-strong disabled:bg-paper-sunk disabled:text-ink-soft disabled:opacity-100 aria-disabled:bg-paper-sunk aria-disabled:text-ink-soft aria-disabled:opacity-100",
        /** Another thing to do here. */
        outline: "border border-line-strong text-ink hover:border-ink hover:bg-paper-sunk",
        /** A thing that can be done here. */
        quiet: "text-ink-soft hover:bg-paper-sunk hover:text-ink data-[state=open]:bg-paper-sunk",
        /** In running text. */
        link: "text-action underline decoration-1 underline-offset-4 hover:text-action-strong",
      },
      size: {
        md: "h-11 px-4 text-base",
        sm: "target h-9 px-3 text-sm",
        icon: "size-11",
        "icon-sm": "target size-8",
        inline: "h-auto px-0",
      },
    },
    defaultVariants: { variant: "primary", size: "md" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof button> & { asChild?: boolean };

/** A button, or with `asChild` a link that looks like one. */
export function Button({ asChild, className, variant, size, type = "button", ...props }: ButtonProps) {
  const classes = cn(button({ variant, size }), className);
  if (asChild) return <Slot.Root className={classes} {...props} />;
  return <button type={type} className={classes} {...props} />;
}
