import { DocExplorerStore } from "@graphiql/plugin-doc-explorer";
import { GraphiQLProvider } from "@graphiql/react";
import { type ReactNode, useMemo, useState } from "react";
import { createMemory } from "./graph/memory.ts";
import { createRunner, type Run } from "./graph/run.ts";
import type { Session } from "./identity/session.ts";
import { Workbench } from "./workbench.tsx";

/** How many answers are held for the history. */
const mostRuns = 30;

/** The explorer: GraphiQL's editors and documentation, in a page of our own. */
export function App(props: {
  readonly session: Session;
  readonly issuerUrl: string | null;
  readonly problem: string | null;
}): ReactNode {
  const { session, issuerUrl, problem } = props;
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const fetcher = useMemo(
    () => createRunner(session, (run) => setRuns((before) => [run, ...before].slice(0, mostRuns))),
    [session],
  );
  const memory = useMemo(() => createMemory(), []);
  return (
    <GraphiQLProvider fetcher={fetcher} storage={memory} initialQuery="" dangerouslyAssumeSchemaIsValid>
      <DocExplorerStore>
        <Workbench session={session} runs={runs} issuerUrl={issuerUrl} problem={problem} />
      </DocExplorerStore>
    </GraphiQLProvider>
  );
}
