import { Account } from "./account";
import { Conversation } from "./conversation";
import { Generation } from "./generation";
import { Image } from "./image";
import { LedgerEntry } from "./ledger-entry";
import { Marker } from "./marker";
import { Message } from "./message";
import { Operation } from "./operation";
import { User } from "./user";

export type { AccountDoc } from "./account";
export type { ConversationDoc } from "./conversation";
export type { GenerationDoc } from "./generation";
export type { ImageDoc } from "./image";
export type { MessageDoc } from "./message";
export type { OperationDoc } from "./operation";
export { Account, Conversation, Generation, Image, LedgerEntry, Marker, Message, Operation, User };

/** All of them, for whoever builds indexes. */
export const models = [Account, Conversation, Generation, Image, LedgerEntry, Marker, Message, Operation, User];
