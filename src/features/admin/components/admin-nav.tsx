"use client";

import {
  ChartNoAxesCombined,
  CreditCard,
  ListTree,
  type LucideIcon,
  ScrollText,
  SlidersHorizontal,
  Stethoscope,
  Unplug,
  Users,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { isHere } from "../model/is-here";

const PLACES: { href: string; label: string; Icon: LucideIcon }[] = [
  { href: "/admin", label: "Overview", Icon: ChartNoAxesCombined },
  { href: "/admin/users", label: "Users", Icon: Users },
  { href: "/admin/payments", label: "Payments", Icon: CreditCard },
  { href: "/admin/providers", label: "Providers", Icon: Unplug },
  { href: "/admin/settings", label: "Settings", Icon: SlidersHorizontal },
  { href: "/admin/requests", label: "Requests", Icon: ListTree },
  { href: "/admin/audit", label: "Audit", Icon: ScrollText },
  { href: "/admin/doctor", label: "Doctor", Icon: Stethoscope },
];

/** The places of the panel: beside the page, or on a phone a row above it that is scrolled to the present one. */
export function AdminNav() {
  const pathname = usePathname();
  const row = useRef<HTMLUListElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the present place moves with the address.
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (row.current && here) row.current.scrollLeft = here.offsetLeft - row.current.clientWidth / 3;
  }, [pathname]);

  return (
    <nav aria-label="Administration">
      <ul
        ref={row}
        className="relative flex overflow-x-auto border-b px-2 [scrollbar-width:none] sm:px-6 lg:flex-col lg:border-0 lg:px-0"
      >
        {PLACES.map(({ href, label, Icon }) => (
          <li key={href} className="shrink-0">
            <Link
              href={href}
              aria-current={isHere(href, pathname) ? "page" : undefined}
              className="relative flex h-11 items-center gap-2.5 px-2.5 text-ink-soft text-sm transition-colors duration-150 hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:after:absolute aria-[current=page]:after:inset-x-2.5 aria-[current=page]:after:bottom-0 aria-[current=page]:after:h-0.5 aria-[current=page]:after:bg-ink lg:border-l lg:px-4 lg:text-base lg:aria-[current=page]:after:inset-x-auto lg:aria-[current=page]:after:inset-y-1.5 lg:aria-[current=page]:after:-left-px lg:aria-[current=page]:after:h-auto lg:aria-[current=page]:after:w-0.5 [&_svg]:size-4 [&_svg]:shrink-0"
            >
              <Icon aria-hidden /> {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
