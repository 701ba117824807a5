import type { ReactNode } from "react";

/** What is known of one thing, each with its name. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-1 border-t sm:grid-cols-[12rem_minmax(0,1fr)]">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="pt-2.5 text-ink-soft text-sm sm:border-b sm:py-2.5 sm:leading-6">{name}</dt>
      <dd className="wrap-anywhere border-b pb-2.5 sm:py-2.5">{children}</dd>
    </>
  );
}
