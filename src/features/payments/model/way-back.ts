/** The name of the place a reader came from, for the link that leads back there. */
export function placeName(address: string): string {
  const [, place = ""] = address.split(/[/?#]/);
  if (place === "chat") return "Back to your chat";
  if (place === "images") return "Back to your images";
  if (place === "dashboard") return "Back to your dashboard";
  if (place === "settings") return "Back to your settings";
  return "Go on";
}
