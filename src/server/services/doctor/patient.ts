import type { Finding } from "@/shared/operations";
import type { SettingsVersion } from "@/shared/settings";
import type { DatabaseReading } from "./read-database";

/** The variables as the operator set them, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where and how the instance that is examined lives. */
export interface Surroundings {
  environment: Environment;
  /** Whether it serves people now; the doctor also comes to one that does not start. */
  running: boolean;
}

/** What the checks look at. */
export interface Patient extends Surroundings {
  /** What the database says of itself; rejects when it cannot be reached. */
  database: Promise<DatabaseReading>;
  /** True once the database has answered, false when it will not. */
  hasDatabase: Promise<boolean>;
  /** The settings in force; those of the environment when they cannot be read. */
  settings: Promise<SettingsVersion>;
}

/** One thing to look at. Checks run side by side and know nothing of each other. */
export interface Check {
  /** What it is about, for when looking itself fails. */
  subject: string;
  /** Resolves to what is wrong. Whatever it waits for should end with the signal. */
  look(patient: Patient, signal: AbortSignal): Promise<Finding[]>;
}
