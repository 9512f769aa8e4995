import { sortErrors } from "@clic/graph-client";
import type { ReactNode } from "react";
import type { Run } from "../graph/run.ts";
import { askerNamed, seesMost } from "../identity/askers.ts";
import type { Withheld } from "./withheld.ts";

/** What was withheld, and why, and a way to ask as somebody who may. Nothing where nothing was. */
export function WithheldPanel(props: {
  readonly withheld: readonly Withheld[];
  readonly run: Run;
  readonly onAskAs: (who: string) => void;
}): ReactNode {
  const { withheld, run, onAskAs } = props;
  if (withheld.length === 0) return null;
  const { who, offered } = run.identity;
  const mayAsk = offered.filter(({ name }) => name === seesMost && name !== who);
  return (
    <section className="callout withheld-panel" aria-labelledby="withheld-title">
      <h3 id="withheld-title">
        {withheld.length === 1 ? "One field is withheld" : `${withheld.length} fields are withheld`} from{" "}
        {askerNamed(who).label}
      </h3>
      <ul>
        {withheld.map(({ field, why, code, count }) => (
          <li key={`${field} ${why}`}>
            <code>{field === "" ? "the whole request" : field}</code>
            {count > 1 && <span className="count"> {count} times</span>}
            {code !== null && <span className="code"> {code}</span>}
            <p>{why}</p>
          </li>
        ))}
      </ul>
      {mayAsk.map(({ name, label }) => (
        <button type="button" key={name} onClick={() => onAskAs(name)}>
          Ask as someone who may: {label}
        </button>
      ))}
    </section>
  );
}

/** What went wrong otherwise. */
export function ProblemPanel({ run }: { readonly run: Run }): ReactNode {
  const { unavailable, badInput, broken } = sortErrors(run.answer.errors);
  const problems = [...badInput, ...unavailable, ...broken];
  if (problems.length === 0) return null;
  return (
    <section className="callout problem-panel" aria-labelledby="problem-title">
      <h3 id="problem-title">{problems.length === 1 ? "There is an error" : `There are ${problems.length} errors`}</h3>
      <ul>
        {problems.map(({ code, message, field, service, id }) => (
          <li key={`${code} ${message} ${field}`}>
            {field !== "" && <code>{field}</code>} <span className="code">{code}</span>
            <p>
              {message}
              {service !== null && ` (${service})`}
              {id !== null && ` The log has it under ${id}.`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
