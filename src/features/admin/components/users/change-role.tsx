"use client";

import { useState } from "react";
import { ROLE_NAMES } from "@/components/lib/role-names";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { setRoleInput, type UserDetail } from "@/shared/admin";
import { ROLES, type Role } from "@/shared/entitlements";
import { trpc } from "@/trpc/react";
import { useUserChanged } from "../../hooks/use-user-changed";
import { ReasonDialog } from "../reason-dialog";

const WHAT: Record<Role, string> = {
  USER: "Has a member's limits and models.",
  SUBSCRIBER: "Has a subscriber's limits and models, without paying for them.",
  ADMIN: "Sees and changes everything in this panel: people, money, settings.",
};

export function ChangeRole({ user }: { user: UserDetail }) {
  const changed = useUserChanged(user.id);
  const setRole = trpc.admin.setRole.useMutation({ onSuccess: changed });

  return (
    <ReasonDialog
      trigger={<Button variant="outline">Change role…</Button>}
      title={`Change the role of ${user.name}`}
      consequence="It holds from their next request on, without signing in again. A subscription at PayPal is not touched."
      schema={setRoleInput}
      input={({ values: { role }, reason }) => ({ userId: user.id, role, reason })}
      send={(input) => setRole.mutateAsync(input)}
      done={() => `The role of ${user.name} is changed.`}
      action="Change role"
      acting="Changing…"
    >
      {(errorOf) => <RoleField now={user.role} error={errorOf("role")} />}
    </ReasonDialog>
  );
}

function RoleField({ now, error }: { now: Role; error: string | undefined }) {
  const [role, setRole] = useState(now);
  const choices = ROLES.map((value) => ({
    value,
    label: value === now ? `${ROLE_NAMES[value]} (now)` : ROLE_NAMES[value],
  }));

  return (
    <Field label="Role" error={error} hint={WHAT[role]}>
      {(control) => <Select {...control} name="role" value={role} choices={choices} onChange={setRole} />}
    </Field>
  );
}
