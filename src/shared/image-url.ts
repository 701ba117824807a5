/**
 * The address of a stored image at `width` pixels (never enlarged), in the format and quality that suit the browser.
 * Takes delivery addresses of Cloudinary and the app's own for the sandbox; any other comes back as it is.
 */
export function imageVariantUrl(url: string, { width }: { width: number }): string {
  const options = `c_limit,f_auto,q_auto,w_${Math.max(1, Math.round(width))}`;
  return url.replace(/^([^?#]*?\/image\/upload\/)(?=[^?#])/, `$1${options}/`);
}
