import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { DoctorPage } from "@/features/admin/components/doctor/doctor-page";
import { requireAdmin } from "../../require-admin";

export const metadata: Metadata = { title: "Doctor" };

export default async function AdminDoctorPage() {
  await requireAdmin("/admin/doctor");
  return (
    <PageFrame
      title="Doctor"
      lead={
        <>
          Examines this instance as <code className="text-sm">npm run doctor</code> does on the server, and names what
          to do about each finding.
        </>
      }
    >
      <DoctorPage />
    </PageFrame>
  );
}
