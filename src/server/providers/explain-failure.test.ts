import { describe, expect, test } from "vitest";
import { explainTransport, failure, parseRetryAfter, transportKind } from "./explain-failure";

const withCode = (code: string, more: object = {}) => Object.assign(new Error("x"), { code, ...more });

describe("what went wrong below HTTP", () => {
  test.each([
    ["ECONNREFUSED", "connect"],
    ["ENOTFOUND", "connect"],
    ["UND_ERR_CONNECT_TIMEOUT", "connect"],
    ["CERT_HAS_EXPIRED", "connect"],
    ["ECONNRESET", "reset"],
    ["UND_ERR_SOCKET", "reset"],
    ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
    ["EWHATEVER", undefined],
  ])("%s is %s, at any depth", (code, kind) => {
    expect(transportKind(withCode(code))).toBe(kind);
    expect(transportKind(new Error("outer", { cause: new Error("middle", { cause: withCode(code) }) }))).toBe(kind);
  });

  test("a time-out while reading is a broken connection, while connecting it is none", () => {
    expect(transportKind(withCode("ETIMEDOUT", { syscall: "read" }))).toBe("reset");
    expect(transportKind(withCode("ETIMEDOUT", { syscall: "connect" }))).toBe("connect");
  });

  test("no reply at all is a failure to connect, an unreadable one is malformed", () => {
    expect(explainTransport("openai", new TypeError("fetch failed")).failure.kind).toBe("connect");
    expect(explainTransport("openai", new SyntaxError("Unexpected token <")).failure.kind).toBe("malformed");
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2030, 0, 1);
  test.each([
    ["7", 7_000],
    ["1.5", 1_500],
    ["0", 0],
    ["Tue, 01 Jan 2030 00:00:09 GMT", 9_000],
    ["Mon, 31 Dec 2029 00:00:00 GMT", undefined],
    ["-3", undefined],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("%j is %s ms", (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });
});

describe("a cause", () => {
  test("keeps what an operator needs, without secrets and addresses", () => {
    const error = failure(
      { provider: "openai", kind: "status", status: 404 },
      new Error("No model x for sk-secret at https://api.example/v1?key=sk-secret, said hello there"),
      ["sk-secret", "hello there"],
    );
    expect(error.cause).toMatchObject({ message: "Error: No model x for [removed] at [address] said [removed]" });
  });

  test("quotes nothing of a reply that could not be read", () => {
    const error = failure({ provider: "gemini", kind: "malformed" }, new Error('Error parsing "private text"'));
    expect(error.cause).toMatchObject({ message: "Error" });
  });

  test("is short", () => {
    const error = failure({ provider: "gemini", kind: "status" }, new Error("x".repeat(10_000)));
    expect(String(error.cause).length).toBeLessThan(300);
  });
});
