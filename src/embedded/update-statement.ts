import { ObjectId } from "bson";
import { cloneValue, type Doc, decode, isDocument, show } from "./bson-values";
import type { Row } from "./collection";
import { equalValues } from "./compare";
import { notSupported, StoreError } from "./errors";
import { isOperatorDocument } from "./matcher";
import { applyUpdate, parseUpdate, upsertBase } from "./update-operators";

/** What an update makes of a document, worked out in memory. */
interface Change {
  /** The document as the update leaves it. Nothing is stored yet. */
  applyTo(row: Row): Doc;
  /** The document an upsert adds when none matched. */
  newDocument(): Doc;
}

const idChanged = (id: unknown) =>
  new StoreError(66, `Performing an update on the path '_id' would modify the immutable field '_id' to ${show(id)}`);

/** Compiles the second half of an update statement. */
export function compileChange(update: unknown, filter: Doc): Change {
  if (Array.isArray(update)) throw notSupported("an update pipeline");
  if (!isDocument(update)) throw new StoreError(9, "Update argument must be an object");
  if (!isOperatorDocument(update)) throw notSupported("a replacement document");
  const steps = parseUpdate(update);
  return {
    applyTo({ raw }) {
      const document = decode(raw);
      const id = cloneValue(document._id);
      applyUpdate(document, steps, false);
      if (document._id === undefined || !equalValues(document._id, id)) throw idChanged(document._id);
      return document;
    },
    newDocument() {
      const document = upsertBase(filter);
      const wanted = cloneValue(document._id);
      applyUpdate(document, steps, true);
      if (wanted !== undefined && !equalValues(document._id, wanted)) throw idChanged(document._id);
      const { _id: id = new ObjectId(), ...fields } = document;
      return { _id: id, ...fields };
    },
  };
}
