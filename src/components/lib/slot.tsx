import { type ComponentProps, cloneElement, isValidElement, type ReactNode } from "react";

type SlotProps = Omit<ComponentProps<"button">, "children"> & { children?: ReactNode };

/** Both, the first first. */
const inTurn = (first: unknown, second: unknown) =>
  typeof first === "function" && typeof second === "function"
    ? (...args: unknown[]) => {
        first(...args);
        second(...args);
      }
    : (first ?? second);

/** Puts its own properties on its one child: handlers of both are called, the child's own words win. */
export function Slot({ children, ...props }: SlotProps) {
  if (!isValidElement<Record<string, unknown>>(children)) return children;
  const own = children.props;
  const merged: Record<string, unknown> = { ...props, ...own };
  for (const name of Object.keys(props)) {
    if (/^on[A-Z]/.test(name)) merged[name] = inTurn(own[name], Reflect.get(props, name));
  }
  if (props.className) merged.className = [props.className, own.className].filter(Boolean).join(" ");
  return cloneElement(children, merged);
}
