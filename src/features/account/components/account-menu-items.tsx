"use client";

import { Activity, Coins, LogOut, Monitor, Moon, Settings, ShieldCheck, Sun } from "lucide-react";
import Link from "next/link";
import { useTheme } from "next-themes";
import type { ReactElement } from "react";
import { useBuyCredits } from "@/components/buy-credits";
import { ROLE_NAMES } from "@/components/lib/role-names";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Me } from "@/shared/account";
import { signOutTo } from "../sign-out-to";

/** The account's menu, open. */
export function AccountMenuItems({ me, button }: { me: Me; button: ReactElement }) {
  const { theme, setTheme } = useTheme();
  const { sold } = useBuyCredits();

  return (
    <Menu modal={false} defaultOpen>
      <MenuTrigger asChild>{button}</MenuTrigger>
      <MenuContent align="end" className="w-64">
        <MenuLabel>
          <span className="block truncate font-medium text-base text-ink">{me.name}</span>
          <span className="block truncate">{me.email}</span>
          <span className="block">{ROLE_NAMES[me.role]}</span>
        </MenuLabel>
        <MenuSeparator />
        {sold && (
          <MenuItem asChild>
            <Link href="/buy-credits">
              <Coins aria-hidden /> Buy credits
            </Link>
          </MenuItem>
        )}
        <MenuItem asChild>
          <Link href="/settings">
            <Settings aria-hidden /> Settings
          </Link>
        </MenuItem>
        <MenuItem asChild>
          <Link href="/status">
            <Activity aria-hidden /> Status
          </Link>
        </MenuItem>
        {me.role === "ADMIN" && (
          <MenuItem asChild>
            <Link href="/admin">
              <ShieldCheck aria-hidden /> Administration
            </Link>
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuRadioGroup value={theme ?? "system"} onValueChange={setTheme} aria-label="Theme">
          <MenuRadioItem value="system">
            <Monitor aria-hidden /> System theme
          </MenuRadioItem>
          <MenuRadioItem value="light">
            <Sun aria-hidden /> Light
          </MenuRadioItem>
          <MenuRadioItem value="dark">
            <Moon aria-hidden /> Dark
          </MenuRadioItem>
        </MenuRadioGroup>
        <MenuSeparator />
        <MenuItem onSelect={() => signOutTo("/")}>
          <LogOut aria-hidden /> Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
