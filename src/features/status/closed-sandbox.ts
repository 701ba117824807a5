/** Set while this reader has closed the words about the sandbox, until the browser ends. The server reads it too. */
export const CLOSED_SANDBOX_COOKIE = "inkwell-closed-sandbox";
