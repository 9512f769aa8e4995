import type { ReactNode } from "react";
import type { Run } from "../graph/run.ts";
import { askerNamed } from "../identity/askers.ts";
import type { Question } from "./read-question.ts";

/** What was asked on this page, latest first: a click loads it again. */
export function HistoryPanel(props: {
  readonly runs: readonly Run[];
  readonly onLoad: (question: Question) => void;
}): ReactNode {
  const { runs, onLoad } = props;
  if (runs.length === 0) return <p className="hint">Nothing was asked yet.</p>;
  return (
    <>
      <p className="hint">It is forgotten when the page is closed.</p>
      <ol className="questions">
        {runs.map((run, at) => (
          <li key={runs.length - at}>
            <button type="button" onClick={() => onLoad(questionOf(run))}>
              <span className="title">{questionOf(run).title}</span>
              <span className="as">as {askerNamed(run.identity.who).label}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

function questionOf({ operation: { query, variables } }: Run): Question {
  const name = /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1];
  return { title: name ?? query.trim().slice(0, 60), as: null, query, variables, finds: [] };
}
