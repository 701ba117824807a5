import { ObjectId } from "bson";
import { type Doc, decode, isDocument, show } from "./bson-values";
import type { Row } from "./collection";
import { equalValues } from "./compare";
import { StoreError } from "./errors";
import { isOperatorDocument } from "./matcher";
import { applyUpdate, upsertBase } from "./update-operators";
import { parseUpdate } from "./update-spec";

/** What an update makes of a document, worked out in memory. */
export interface Change {
  isReplacement: boolean;
  /** The document as the update leaves it. Nothing is stored yet. */
  applyTo(row: Row): Doc;
  /** The document an upsert adds when none matched. */
  newDocument(): Doc;
}

const idChanged = (id: unknown) =>
  new StoreError(66, `Performing an update on the path '_id' would modify the immutable field '_id' to ${show(id)}`);

function compileReplacement(replacement: Doc): (document: Doc) => Doc {
  for (const name of Object.keys(replacement)) {
    if (name.startsWith("$")) {
      throw new StoreError(52, `The dollar ($) prefixed field '${name}' is not allowed in a replacement document.`);
    }
  }
  return ({ _id: id }) => {
    const { _id: given, ...fields } = replacement;
    const kept = id ?? given;
    return kept === undefined ? { ...fields } : { _id: given ?? kept, ...fields };
  };
}

function compileOperators(update: Doc, filter: Doc, now: Date): (document: Doc, inserting: boolean) => Doc {
  const steps = parseUpdate(update);
  return (document, inserting) => {
    applyUpdate(document, steps, filter, inserting, now);
    return document;
  };
}

/** Compiles the second half of an update: operators or a replacement. */
export function compileChange(update: unknown, filter: Doc, now: Date): Change {
  if (Array.isArray(update)) throw new StoreError(115, "update pipelines are not supported by the embedded store");
  if (!isDocument(update)) throw new StoreError(9, "Update argument must be an object");
  const isReplacement = !isOperatorDocument(update);
  const change = isReplacement ? compileReplacement(update) : compileOperators(update, filter, now);
  return {
    isReplacement,
    applyTo(row) {
      const before = decode(row.raw);
      const after = change(decode(row.raw), false);
      if (after._id === undefined || !equalValues(after._id, before._id)) throw idChanged(after._id);
      return after;
    },
    newDocument() {
      const base = upsertBase(filter);
      const wanted = base._id;
      const document = change(base, true);
      if (wanted !== undefined && !equalValues(document._id, wanted)) throw idChanged(document._id);
      const { _id: id = new ObjectId(), ...fields } = document;
      return { _id: id, ...fields };
    },
  };
}
