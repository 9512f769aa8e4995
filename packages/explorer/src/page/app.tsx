import { DocExplorerStore } from "@graphiql/plugin-doc-explorer";
import { HistoryStore } from "@graphiql/plugin-history";
import { GraphiQLProvider, Tooltip } from "@graphiql/react";
import { type ReactNode, useMemo, useState } from "react";
import { createMemory } from "./graph/memory.ts";
import { createRunner, type Run } from "./graph/run.ts";
import type { Session } from "./identity/session.ts";
import { Workbench } from "./workbench.tsx";

/** The explorer: GraphiQL's editors, documentation and history, in a page of our own. */
export function App(props: {
  readonly session: Session;
  readonly issuerUrl: string | null;
  readonly problem: string | null;
}): ReactNode {
  const { session, issuerUrl, problem } = props;
  const [run, setRun] = useState<Run | null>(null);
  const fetcher = useMemo(() => createRunner(session, setRun), [session]);
  const memory = useMemo(() => createMemory(), []);
  return (
    <GraphiQLProvider fetcher={fetcher} storage={memory} initialQuery="" dangerouslyAssumeSchemaIsValid>
      <DocExplorerStore>
        <HistoryStore>
          <Tooltip.Provider>
            <Workbench session={session} run={run} issuerUrl={issuerUrl} problem={problem} />
          </Tooltip.Provider>
        </HistoryStore>
      </DocExplorerStore>
    </GraphiQLProvider>
  );
}
