/** Where an image is fetched to be kept: Cloudinary sends it as a file when its address asks for that. */
export function downloadUrl(url: string): string {
  return url.replace(/^(https:\/\/res\.cloudinary\.com\/[^/]+\/image\/upload\/)/, "$1fl_attachment/");
}
