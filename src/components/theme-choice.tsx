"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Segmented } from "./ui/segmented";

const nothing = () => () => undefined;

/** False on the server and at hydration, when the browser's choice of theme is not known yet. */
function useMounted() {
  return useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  );
}

const CHOICES = [
  { value: "system", icon: Monitor, label: "System" },
  { value: "light", icon: Sun, label: "Light" },
  { value: "dark", icon: Moon, label: "Dark" },
] as const;

/** Paper, night, or whatever the system says. `icons` leaves the words out. */
export function ThemeChoice({ icons }: { icons?: boolean }) {
  const { theme, setTheme } = useTheme();
  const mounted = useMounted();
  const current = CHOICES.find((choice) => mounted && choice.value === theme)?.value ?? "system";

  return (
    <Segmented
      label="Theme"
      value={current}
      onChange={setTheme}
      choices={CHOICES.map(({ value, icon: Icon, label }) => ({
        value,
        name: label,
        label: (
          <>
            <Icon aria-hidden />
            {!icons && label}
          </>
        ),
      }))}
    />
  );
}
