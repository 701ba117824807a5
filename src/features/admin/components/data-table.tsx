"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import type { Pages } from "@/components/lib/use-pages";
import { LoadMore } from "@/components/load-more";
import { TableSkeleton } from "./table-skeleton";

export interface Column<R> {
  head: string;
  cell: (row: R) => ReactNode;
  /** Figures stand at the right. */
  end?: boolean;
  /** Left out on screens narrower than this. */
  from?: "sm" | "md" | "lg" | "xl";
  className?: string;
}

const FROM = {
  sm: "hidden sm:table-cell",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  xl: "hidden xl:table-cell",
};

const look = <R,>({ end, from, className }: Column<R>) =>
  cn("py-2.5 pr-4 align-baseline last:pr-0", end ? "text-right" : "text-left", from && FROM[from], className);

interface DataTableProps<R extends { id: string }> {
  /** What it lists; spoken, not shown. */
  caption: string;
  /** The first names the row. */
  columns: Column<R>[];
  list: Pages<R>;
  /** Where a row leads: the whole of it can be pressed. */
  href?: (row: R) => string;
  /** Said in place of rows when there are none. */
  empty: ReactNode;
}

/** A list read page by page, as a table. What a phone has no room for is left out there: say it in the first column. */
export function DataTable<R extends { id: string }>({ caption, columns, list, href, empty }: DataTableProps<R>) {
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <div>
      {list.isPending && <TableSkeleton />}
      {list.isSuccess && rows.length === 0 && <div className="border-t py-4 text-ink-soft">{empty}</div>}
      {rows.length > 0 && (
        <table
          aria-busy={list.isFetching}
          className={cn("w-full border-collapse", list.isPlaceholderData && "opacity-60")}
        >
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr className="border-y text-ink-soft text-sm">
              {columns.map((column) => (
                <th key={column.head} scope="col" className={cn(look(column), "font-normal")}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} columns={columns} href={href?.(row)} />
            ))}
          </tbody>
        </table>
      )}
      <LoadMore list={list} label="Show more" />
    </div>
  );
}

interface RowProps<R> {
  row: R;
  columns: Column<R>[];
  href: string | undefined;
}

/** Links in other cells need `relative` to lie above the row's own. */
function Row<R>({ row, columns, href }: RowProps<R>) {
  const [first, ...others] = columns;
  return (
    <tr className={cn("h-12 border-b", href && "relative transition-colors duration-150 hover:bg-paper-sunk")}>
      {first && (
        <th scope="row" className={cn(look(first), "font-normal")}>
          {href ? (
            <Link href={href} className="block after:absolute after:inset-0">
              {first.cell(row)}
            </Link>
          ) : (
            first.cell(row)
          )}
        </th>
      )}
      {others.map((column) => (
        <td key={column.head} className={look(column)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
