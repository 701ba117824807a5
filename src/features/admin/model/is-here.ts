/** Whether a page of the panel stands under `href`; the overview stands only under its own address. */
export const isHere = (href: string, pathname: string): boolean =>
  pathname === href || (href !== "/admin" && pathname.startsWith(`${href}/`));
