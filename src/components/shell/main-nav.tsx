"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

const PLACES = [
  { href: "/chat", label: "Chat" },
  { href: "/images", label: "Images" },
  { href: "/dashboard", label: "Dashboard" },
] as const;

/** The places of the studio, the present one underlined. */
export function MainNav() {
  const pathname = usePathname();

  return (
    <nav aria-label="Main" className="flex h-full">
      {PLACES.map(({ href, label }) => {
        const here = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? "page" : undefined}
            className="relative flex h-full items-center px-2 text-ink-soft text-sm transition-colors duration-150 hover:text-ink aria-[current=page]:text-ink aria-[current=page]:after:absolute aria-[current=page]:after:inset-x-2 aria-[current=page]:after:-bottom-px aria-[current=page]:after:h-0.5 aria-[current=page]:after:bg-ink sm:px-3 sm:text-base sm:aria-[current=page]:after:inset-x-3"
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
