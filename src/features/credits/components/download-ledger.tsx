"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { type Failure, toFailure } from "@/components/lib/failure";
import { saveFile } from "@/components/lib/save-file";
import { Button } from "@/components/ui/button";
import { trpc } from "@/trpc/react";
import { collectCsv, csvName } from "../collect-csv";

/** The whole ledger as a file, for a spreadsheet. */
export function DownloadLedger() {
  const utils = trpc.useUtils();
  const [lines, setLines] = useState<number>();
  const [failure, setFailure] = useState<Failure>();

  const download = async () => {
    setFailure(undefined);
    setLines(0);
    try {
      const file = await collectCsv(await utils.client.credits.export.query(), setLines);
      saveFile(file, csvName(new Date()));
    } catch (error) {
      setFailure(toFailure(error));
    } finally {
      setLines(undefined);
    }
  };

  return (
    <div className="grid justify-items-start gap-3">
      <Button variant="quiet" size="sm" className="-ml-3 sm:ml-0" disabled={lines !== undefined} onClick={download}>
        <Download aria-hidden />
        {lines === undefined ? "Download CSV" : `Downloading… ${lines.toLocaleString("en")} lines`}
      </Button>
      {failure && <FailureNotice failure={failure} onRetry={download} consequence="No file was saved." />}
    </div>
  );
}
