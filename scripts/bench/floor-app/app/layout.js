export const metadata = { title: "Empty", description: "A page with nothing on it but its name." };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
