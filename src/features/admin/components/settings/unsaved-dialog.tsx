"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useLeaveGuard } from "../../hooks/use-leave-guard";

/** Asks before unsaved changes are left behind. */
export function UnsavedDialog({ isDirty }: { isDirty: boolean }) {
  const { leaving, stay } = useLeaveGuard(isDirty);

  return (
    <Dialog open={leaving !== undefined} onOpenChange={stay}>
      <DialogContent title="Leave without saving?" description="What you changed here is lost when you go.">
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            variant="outline"
            onClick={() => {
              stay();
              leaving?.go();
            }}
          >
            Leave without saving
          </Button>
          <Button onClick={stay}>Stay here</Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}
