export interface Form {
  fields: Record<string, string>;
  file?: Buffer;
}

/** Reads a `multipart/form-data` body; undefined when it is none. Knows one file, named `file`. */
export function parseMultipart(body: Buffer, contentType: string | undefined): Form | undefined {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType ?? "")?.[1];
  if (!boundary) return undefined;
  const marker = Buffer.from(`--${boundary}`);
  const form: Form = { fields: {} };
  let from = body.indexOf(marker);
  while (from >= 0) {
    const to = body.indexOf(marker, from + marker.length);
    if (to < 0) break;
    const part = body.subarray(from + marker.length + 2, to - 2);
    const headEnd = part.indexOf("\r\n\r\n");
    const head = part.toString("utf8", 0, Math.max(0, headEnd));
    const name = /\bname="([^"]*)"/.exec(head)?.[1];
    const content = part.subarray(headEnd + 4);
    if (headEnd >= 0 && name === "file") form.file = content;
    else if (headEnd >= 0 && name) form.fields[name] = content.toString("utf8");
    from = to;
  }
  return form;
}
