import mongoose, { type Model, type mongo, type Schema } from "mongoose";

/** What every model has besides what Mongoose gives it. */
export interface Native<Doc extends object> {
  /**
   * The driver's own collection, for what is asked with every use: filters, changes and documents that are made here
   * need not be looked through, which is dearer than sending them.
   */
  native(): mongo.Collection<Doc>;
}

/** Registers a model once, however often the module that defines it is evaluated. */
export function defineModel<Doc extends object, Statics extends Record<string, unknown> = Record<never, never>>(
  name: string,
  schema: Schema<Doc>,
  statics?: Statics,
): Model<Doc> & Statics & Native<Doc> {
  Object.assign(schema.statics, statics, {
    native(this: Model<Doc>) {
      return this.collection;
    },
  });
  // What is registered under a name was registered here, so it has this shape.
  const existing = mongoose.models[name] as (Model<Doc> & Statics & Native<Doc>) | undefined;
  return existing ?? mongoose.model<Doc, Model<Doc> & Statics & Native<Doc>>(name, schema);
}

/** Ids are our own strings, unknown fields are refused, and a document carries no version key. */
export const schemaOptions = { strict: "throw", versionKey: false, minimize: false } as const;
