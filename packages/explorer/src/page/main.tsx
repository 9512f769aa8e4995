import "./style/page.css";
import { comesBack } from "./identity/sign-in.ts";

// The window that comes back from the issuer needs nothing of the page, which is large.
if (!comesBack()) {
  const { startExplorer } = await import("./start-explorer.tsx");
  await startExplorer();
}
