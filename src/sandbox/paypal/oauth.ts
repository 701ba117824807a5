import { randomBytes } from "node:crypto";
import { WRONG_KEY } from "../exchange";
import type { Answer } from "./call";
import { problemOf } from "./problem";

const LIFE_S = 32_400;

const SCOPE =
  "https://uri.paypal.com/services/payments/payment https://uri.paypal.com/services/payments/refund https://uri.paypal.com/services/subscriptions https://uri.paypal.com/services/disputes/read-buyer openid";

/** The tokens given out. A restart forgets them, so that an app meets tokens that end before their time. */
export class Tokens {
  private readonly expiry = new Map<string, number>();

  /** `POST /v1/oauth2/token`. */
  issue(authorization: string | undefined, form: string): Answer {
    const [, credentials = ""] = /^Basic (\S+)$/.exec(authorization ?? "") ?? [];
    const [id, secret] = Buffer.from(credentials, "base64").toString().split(":");
    if (!id || !secret || id === WRONG_KEY || secret === WRONG_KEY) {
      return refusal(401, "invalid_client", "Client Authentication failed");
    }
    if (new URLSearchParams(form).get("grant_type") !== "client_credentials") {
      return refusal(400, "unsupported_grant_type", "Grant Type is not supported");
    }
    const now = Date.now();
    for (const [token, ends] of this.expiry) if (ends < now) this.expiry.delete(token);
    const token = `A21AA${randomBytes(48).toString("base64url")}`;
    this.expiry.set(token, now + LIFE_S * 1_000);
    return {
      status: 200,
      body: {
        scope: SCOPE,
        access_token: token,
        token_type: "Bearer",
        app_id: "APP-SANDBOX",
        expires_in: LIFE_S,
        nonce: `${new Date(now).toISOString()}${randomBytes(16).toString("base64url")}`,
      },
    };
  }

  /** The refusal of a request without a token that was issued and still holds. */
  refusalOf(authorization: string | undefined): Answer | undefined {
    const [, token] = /^Bearer (\S+)$/.exec(authorization ?? "") ?? [];
    if (!token) {
      const message =
        "Authentication failed due to invalid authentication credentials or a missing Authorization header.";
      return { status: 401, body: problemOf(401, message).toBody() };
    }
    if ((this.expiry.get(token) ?? 0) > Date.now()) return undefined;
    return refusal(401, "invalid_token", "Token signature verification failed");
  }
}

function refusal(status: number, error: string, error_description: string): Answer {
  return { status, body: { error, error_description } };
}
