"use client";

import { Pencil, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/dropdown-menu";

interface ConversationMenuProps {
  /** Its name is being changed: the focus belongs there. */
  renaming: boolean;
  onRename: () => void;
  onRemove: () => void;
  button: ReactElement;
}

/** What can be done with a conversation, open. */
export function ConversationMenu({ renaming, onRename, onRemove, button }: ConversationMenuProps) {
  return (
    <Menu modal={false} defaultOpen>
      <MenuTrigger asChild>{button}</MenuTrigger>
      <MenuContent align="end" onCloseAutoFocus={(event) => renaming && event.preventDefault()}>
        <MenuItem onSelect={onRename}>
          <Pencil aria-hidden /> Rename
        </MenuItem>
        <MenuItem onSelect={onRemove}>
          <Trash2 aria-hidden /> Move to the trash
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
