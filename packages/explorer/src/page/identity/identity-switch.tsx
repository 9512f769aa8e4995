import { type FormEvent, type ReactNode, useState } from "react";
import { askerNamed } from "./askers.ts";
import { bearer, type Identity, type Session } from "./session.ts";

/** Who asks: one choice, and what follows from it. */
export function IdentitySwitch({
  session,
  identity,
}: {
  readonly session: Session;
  readonly identity: Identity;
}): ReactNode {
  const [pasting, setPasting] = useState(false);
  const { who, offered, organisations, acting, waiting, problem } = identity;

  function choose(name: string): void {
    setPasting(name === bearer.name);
    if (name !== bearer.name) void session.become(name);
  }
  function paste(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem("token") as HTMLInputElement;
    const token = field.value.trim();
    field.value = "";
    setPasting(false);
    if (token !== "") void session.bear(token);
  }

  return (
    <div className="identity">
      <div className="field">
        <label htmlFor="ask-as">Ask as</label>
        <select id="ask-as" value={pasting ? bearer.name : who} onChange={(event) => choose(event.target.value)}>
          {offered.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {organisations.length > 0 && (
        <div className="field">
          <label htmlFor="act-for">acting for</label>
          <select
            id="act-for"
            value={acting ?? ""}
            onChange={(event) => session.act(event.target.value === "" ? null : event.target.value)}
          >
            <option value="">whom the graph takes</option>
            {organisations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {pasting && (
        <form className="field" onSubmit={paste}>
          <label htmlFor="token">Access token</label>
          {/* A password, so that the browser neither shows nor suggests it. */}
          <input id="token" name="token" type="password" autoComplete="off" spellCheck={false} />
          <button type="submit">Use it</button>
        </form>
      )}
      <output className="sees">
        {waiting ? (
          <>
            Waiting for the sign-in window…{" "}
            <button type="button" className="link" onClick={() => session.cancel()}>
              Cancel
            </button>
          </>
        ) : (
          (problem ?? `Sees ${[...offered, askerNamed(who)].find(({ name }) => name === who)?.sees ?? ""}.`)
        )}
      </output>
    </div>
  );
}
