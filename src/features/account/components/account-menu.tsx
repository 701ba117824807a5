"use client";

import { useMe } from "@/components/me";
import { Button } from "@/components/ui/button";
import { Opener } from "@/components/ui/opener";
import type { Me } from "@/shared/account";

const load = () => import("./account-menu-items").then(({ AccountMenuItems }) => AccountMenuItems);

/** Who is signed in, and what concerns only them. */
export function AccountMenu({ initial }: { initial: Me }) {
  const me = useMe(initial);

  return (
    <Opener kind="menu" load={load} inside={{ me }}>
      <Button variant="quiet" size="icon" aria-label={`Account of ${me.name}`}>
        <span
          aria-hidden
          className="display flex size-8 items-center justify-center rounded-full border border-line-strong text-base text-ink"
        >
          {me.name.slice(0, 1).toUpperCase()}
        </span>
      </Button>
    </Opener>
  );
}
