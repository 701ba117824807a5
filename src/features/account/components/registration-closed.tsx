import Link from "next/link";

/** Said in place of the form while strangers may not open an account. */
export function RegistrationClosed() {
  return (
    <>
      <h1 className="display text-4xl">No new accounts just now</h1>
      <p className="mt-3 text-ink-soft">
        Whoever runs this Inkwell has closed registration. Ask them, or come back later. Have an account?{" "}
        <Link href="/sign-in" className="text-ink underline decoration-line-strong underline-offset-4">
          Sign in
        </Link>
      </p>
    </>
  );
}
