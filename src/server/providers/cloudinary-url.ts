/**
 * The address of a stored image at `width` pixels (never enlarged), in the format and quality that suit the browser.
 * Takes delivery addresses of Cloudinary and of the sandbox; any other address comes back as it is.
 */
export function imageVariantUrl(url: string, { width }: { width: number }): string {
  const options = `c_limit,f_auto,q_auto,w_${Math.max(1, Math.round(width))}`;
  return url.replace(/^(https?:\/\/[^?#]*?\/image\/upload\/)(?=[^?#])/, `$1${options}/`);
}
