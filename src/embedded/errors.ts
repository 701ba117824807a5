import type { Document } from "bson";

const CODE_NAMES: Record<number, string> = {
  2: "BadValue",
  8: "UnknownError",
  9: "FailedToParse",
  14: "TypeMismatch",
  16: "InvalidLength",
  18: "AuthenticationFailed",
  22: "InvalidBSON",
  26: "NamespaceNotFound",
  27: "IndexNotFound",
  28: "PathNotViable",
  40: "ConflictingUpdateOperators",
  43: "CursorNotFound",
  50: "MaxTimeMSExpired",
  52: "DollarPrefixedFieldName",
  53: "InvalidIdField",
  54: "NotSingleValueField",
  56: "EmptyFieldName",
  59: "CommandNotFound",
  66: "ImmutableField",
  67: "CannotCreateIndex",
  72: "InvalidOptions",
  73: "InvalidNamespace",
  79: "UnknownReplWriteConcern",
  85: "IndexOptionsConflict",
  86: "IndexKeySpecsConflict",
  91: "ShutdownInProgress",
  115: "CommandNotSupported",
  123: "NotAReplicaSet",
  168: "InvalidPipelineOperator",
  171: "CannotIndexParallelArrays",
  263: "OperationNotSupportedInTransaction",
  292: "QueryExceededMemoryLimitNoDiskUseAllowed",
  352: "UnsupportedOpQueryCommand",
  10334: "BSONObjectTooLarge",
  11000: "DuplicateKey",
};

/** An error the client is told about, with MongoDB's number and name for it. */
export class StoreError extends Error {
  readonly codeName: string;

  constructor(
    readonly code: number,
    message: string,
    readonly details: Document = {},
  ) {
    super(message);
    this.codeName = CODE_NAMES[code] ?? `Location${code}`;
  }
}

/** The error for a value that no reading of the command allows. */
export const badValue = (message: string) => new StoreError(2, message);

/** The error for something MongoDB offers and this store leaves out. */
export const notSupported = (what: string) => new StoreError(115, `${what} is not supported by the embedded store`);
