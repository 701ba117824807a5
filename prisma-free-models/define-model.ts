import mongoose, { type Model, type Schema } from "mongoose";

/** Registers a model once, however often the module that defines it is evaluated. */
export function defineModel<Doc, Statics extends Record<string, unknown> = Record<never, never>>(
  name: string,
  schema: Schema<Doc>,
  statics?: Statics,
): Model<Doc> & Statics {
  if (statics) Object.assign(schema.statics, statics);
  // What is registered under a name was registered here, so it has this shape.
  const existing = mongoose.models[name] as (Model<Doc> & Statics) | undefined;
  return existing ?? mongoose.model<Doc, Model<Doc> & Statics>(name, schema);
}

/** For documents that were made here: they are written as they are, without being looked through again. */
export const AS_THEY_ARE = { ordered: false, lean: true } as const;

/** Ids are our own strings, unknown fields are refused, and a document carries no version key. */
export const schemaOptions = { strict: "throw", versionKey: false, minimize: false } as const;
