import "graphiql/setup-workers/vite";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "./style/editor.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createSession } from "./identity/session.ts";
import { type Issuer, openIssuer } from "./identity/sign-in.ts";
import { readSettings } from "./settings.ts";

/** Shows the explorer. An issuer that can't be reached costs the sign-in, not the page. */
export async function startExplorer(): Promise<void> {
  const { issuer, client } = await readSettings();
  const opened: Issuer | null = issuer === null ? null : await openIssuer(issuer, client).catch(() => null);
  const problem =
    issuer !== null && opened === null ? `Nobody can sign in: the issuer at ${issuer} does not answer.` : null;
  const root = document.getElementById("root");
  if (root === null) return;
  createRoot(root).render(<App session={createSession(opened)} issuerUrl={issuer} problem={problem} />);
}
