export { DirectoryLockedError } from "./directory-lock";
export { type EmbeddedStore, type EmbeddedStoreOptions, startEmbeddedStore } from "./server";
