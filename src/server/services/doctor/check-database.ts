import { models } from "@models";
import mongoose from "mongoose";
import { z } from "zod";
import type { Finding } from "@/shared/operations";
import { clockSkew } from "./clock-skew";
import { found } from "./findings";
import type { Check } from "./patient";
import type { DatabaseReading } from "./read-database";
import { isOlder } from "./version-floors";

const FLOOR = "6.0.0";
const SLOW_MS = 100;

/** The server: whether it is there, new enough, takes writes, is quick, and knows what time it is. */
export const databaseCheck: Check = {
  subject: "MONGODB_URI",
  async look({ database, environment }) {
    try {
      return judgeDatabase(await database, environment.MONGODB_URI);
    } catch (error) {
      return [explainDatabaseAbsence(error)];
    }
  },
};

/** What is wrong with a server that answers. */
export function judgeDatabase(reading: DatabaseReading, address: string | undefined): Finding[] {
  const { version, embedded, writable, replicated, ms } = reading;
  const findings = clockSkew("MongoDB", reading.at, reading.asked);
  const subject = "MONGODB_URI";
  if (isOlder(version, FLOOR)) {
    const problem = `The server is MongoDB ${version}; Inkwell needs 6 or newer.`;
    findings.push(found("mongodb.old", { subject, problem, fix: "Upgrade the MongoDB server to 6 or newer." }));
  }
  if (!writable) {
    findings.push(
      found("mongodb.read-only", {
        subject,
        problem: "The server takes no writes: it is a secondary, or its replica set has no primary.",
        fix: "Let MONGODB_URI name the replica set (…/inkwell?replicaSet=NAME), and see with rs.status() that it has a primary.",
      }),
    );
  }
  if (/[?&]readConcernLevel=(?!local\b|majority\b)/i.test(address ?? "")) {
    findings.push(
      found("mongodb.read-concern", {
        subject,
        problem: "Its readConcernLevel is neither local nor majority: balances can be read stale, or every read waits.",
        fix: "Remove readConcernLevel from MONGODB_URI.",
      }),
    );
  }
  // The embedded store is here; when it is slow, all of this machine is.
  if (!embedded && ms > SLOW_MS) {
    findings.push(
      found("mongodb.slow", {
        subject,
        problem: `One round trip takes ${ms} ms, and every request makes several.`,
        fix: "Run the app in the same region and network as MongoDB.",
      }),
    );
  }
  if (!embedded && !replicated) {
    findings.push(
      found("mongodb.alone", {
        subject,
        problem: "The server is no member of a replica set: its data is in one place, and nobody takes over from it.",
        fix: "Make it a replica set of three, and back it up until then.",
      }),
    );
  }
  return findings;
}

/** Why the database cannot be used, in words and without the address's password. */
export function explainDatabaseAbsence(error: unknown): Finding {
  const subject = "MONGODB_URI";
  const cause = deepest(error);
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  // 8000 is Atlas's own word for it.
  if (code === 18 || code === 8000 || code === 13) {
    return found("mongodb.login", {
      subject,
      problem: "MongoDB refuses the user or the password, or what this user may do.",
      fix: "Correct the user name and password in MONGODB_URI (special characters written as %XX), and give the user readWrite on the database.",
    });
  }
  return found("mongodb.away", {
    subject,
    problem: `MongoDB cannot be used: ${WHY[String(code)] ?? refusal(cause) ?? "it did not answer in time"}. Nothing works without it.`,
    fix: "Start MongoDB, or correct MONGODB_URI and let this machine through MongoDB's firewall or access list.",
  });
}

const WHY: Record<string, string> = {
  ECONNREFUSED: "nothing listens at its address",
  ENOTFOUND: "there is no machine of that name",
  ENODATA: "there is no such cluster",
  ETIMEDOUT: "its machine does not answer",
  ECONNRESET: "it breaks the connection, as one does that expects TLS, or a caller from another network",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by nobody this machine trusts",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by nobody this machine trusts",
  CERT_HAS_EXPIRED: "its certificate has expired",
};

/** Its own word for why it does not do as it is asked. */
function refusal(cause: unknown): string | undefined {
  if (!(cause instanceof mongoose.mongo.MongoServerError)) return undefined;
  return `it refuses with error ${cause.code} (${cause.codeName ?? "no name"})`;
}

/** The error behind what the driver says: of the first server it could not use, down to the socket. */
function deepest(error: unknown): unknown {
  let found = error;
  for (let depth = 0; depth < 6; depth += 1) {
    const next = behind(found);
    if (next === undefined) break;
    found = next;
  }
  return found;
}

/** What the driver knows of every server when it could use none. */
const topology = z.object({ servers: z.map(z.string(), z.object({ error: z.instanceof(Error).nullable() })) });

function behind(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  const servers = topology.safeParse("reason" in error ? error.reason : undefined).data?.servers;
  return servers ? [...servers.values()].find((server) => server.error)?.error : error.cause;
}

/** Whether every index the models declare is there. A collection nothing was ever written to has none yet. */
export const indexCheck: Check = {
  subject: "the database's indexes",
  async look({ hasDatabase }) {
    if (!(await hasDatabase)) return [];
    const there = new Set((await mongoose.connection.listCollections()).map(({ name }) => name));
    const used = models.filter((model) => there.has(model.collection.collectionName));
    const found = await Promise.all(used.map(missingIndexes));
    return found.flat();
  },
};

async function missingIndexes(model: (typeof models)[number]): Promise<Finding[]> {
  const { toCreate } = await model.diffIndexes();
  if (toCreate.length === 0) return [];
  const collection = model.collection.collectionName;
  const keys = toCreate.map((it) => JSON.stringify(it)).join(", ");
  return [
    found("index.missing", {
      subject: `indexes of ${collection}`,
      problem: `Missing, or not as they should be: ${keys}. Lists get slow, and what must be there once can be there twice.`,
      fix: `Restart the app, which builds them; if its log says that it cannot, remove the duplicates it names, or the index of that key (db.${collection}.dropIndex) first.`,
    }),
  ];
}
