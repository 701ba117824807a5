import { type ClassValue, clsx } from "clsx";

/** Joins class names. It settles no contradiction: what may be changed from outside is a default or in `controls.css`. */
export const cn = (...classes: ClassValue[]): string => clsx(classes);
