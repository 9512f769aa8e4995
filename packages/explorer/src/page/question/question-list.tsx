import type { ReactNode } from "react";
import { askerNamed } from "../identity/askers.ts";
import { questions } from "./all-questions.ts";
import { changesData, type Question } from "./read-question.ts";

/** The questions to begin with: a click signs in as who may ask, loads, and asks. */
export function QuestionList(props: {
  readonly running: Question | null;
  readonly onAsk: (question: Question) => void;
}): ReactNode {
  return (
    <>
      <p className="hint">Choose one: it is asked at once, as somebody who may. Then change it in the editor.</p>
      <ol className="questions">
        {questions.map((question) => (
          <li key={question.title}>
            <button
              type="button"
              aria-current={props.running?.title === question.title ? "true" : undefined}
              onClick={() => props.onAsk(question)}
            >
              <span className="title">{question.title}</span>
              <span className="as">
                {changesData(question) ? "changes data · " : ""}as {askerNamed(question.as ?? "").label}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
