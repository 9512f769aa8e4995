import { askGraph } from "../graph/ask.ts";
import { anonymous, type Asker, askers } from "./askers.ts";
import { type AccessToken, type Issuer, SignInFailed } from "./sign-in.ts";

export interface Organisation {
  readonly id: string;
  readonly name: string;
}

/** Who asks, as the page shows it. A new object at every change. */
export interface Identity {
  readonly who: string;
  /** Whom the page offers to ask as. */
  readonly offered: readonly Asker[];
  /** The organisations of whoever asks, where there are several. */
  readonly organisations: readonly Organisation[];
  /** The organisation they act for; null leaves it to the graph. */
  readonly acting: string | null;
  /** A sign-in that is under way. */
  readonly waiting: boolean;
  readonly problem: string | null;
}

/** Somebody who signs in at an issuer that lets nobody choose whom to be. */
export const yourself: Asker = { name: "yourself", label: "yourself", sees: "what you may see: sign in first" };
/** Somebody whose token the page was given: a machine client, say, whose secret no page should hold. */
export const bearer: Asker = { name: "bearer", label: "the bearer of a token", sees: "what the token allows" };

/** Who asks, and their tokens, which never leave this object but in a request's header. */
export interface Session {
  readonly current: () => Identity;
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks as somebody from now on, signing them in where needed; false, and a problem, when that fails. */
  become(who: string): Promise<boolean>;
  /** Asks with a token that somebody pasted. */
  bear(token: string): Promise<boolean>;
  act(organisationId: string | null): void;
  cancel(): void;
  /** The headers that say who asks. */
  headers(): Readonly<Record<string, string>>;
}

const memberships = "{ me { memberships(first: 20) { nodes { status organisation { id name } } } } }";

interface Memberships {
  readonly me: {
    readonly memberships: {
      readonly nodes: readonly { readonly status: string | null; readonly organisation: Organisation | null }[];
    };
  } | null;
}

/** A session in which nobody is signed in yet. Without an issuer nobody ever is. */
export function createSession(issuer: Issuer | null): Session {
  const tokens = new Map<string, AccessToken>();
  const listeners = new Set<() => void>();
  const offered = issuer === null ? [anonymous] : [...(issuer.development ? askers : [anonymous, yourself]), bearer];
  let identity: Identity = {
    who: anonymous.name,
    offered,
    organisations: [],
    acting: null,
    waiting: false,
    problem: null,
  };
  let cancelling = new AbortController();

  const change = (changes: Partial<Identity>): void => {
    identity = { ...identity, ...changes };
    for (const listener of listeners) listener();
  };
  const validToken = (who: string): string | null => {
    const held = tokens.get(who);
    return held !== undefined && held.expiresAt > Date.now() + 5_000 ? held.token : null;
  };
  const headersOf = (who: string, acting: string | null): Record<string, string> => {
    const token = validToken(who);
    return {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(token !== null && acting !== null && { "x-acting-organisation": acting }),
    };
  };

  async function signIn(who: string): Promise<boolean> {
    if (who === anonymous.name || validToken(who) !== null) return true;
    if (issuer === null || who === bearer.name) return false;
    cancelling.abort();
    cancelling = new AbortController();
    change({ waiting: true, problem: null });
    try {
      tokens.set(who, await issuer.signIn(who === yourself.name ? null : who, cancelling.signal));
      return true;
    } catch (error) {
      if (!(error instanceof SignInFailed)) throw error;
      change({ problem: error.message });
      return false;
    } finally {
      change({ waiting: false });
    }
  }

  async function organisationsOf(who: string): Promise<readonly Organisation[]> {
    if (who === anonymous.name) return [];
    const { data } = await askGraph({ query: memberships, variables: {} }, headersOf(who, null));
    const found = ((data as Memberships | undefined)?.me?.memberships.nodes ?? [])
      .filter(({ status }) => status === "ACTIVE")
      .flatMap(({ organisation }) => organisation ?? []);
    return found.length > 1 ? found : [];
  }

  async function become(who: string): Promise<boolean> {
    if (who === identity.who && (who === anonymous.name || validToken(who) !== null)) return true;
    if (!(await signIn(who))) return false;
    change({ who, acting: null, organisations: [], problem: null });
    change({ organisations: await organisationsOf(who) });
    return true;
  }

  return {
    current: () => identity,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    become,
    bear: (token) => {
      tokens.set(bearer.name, { token, expiresAt: Number.MAX_SAFE_INTEGER });
      change({ who: anonymous.name });
      return become(bearer.name);
    },
    act: (acting) => change({ acting }),
    cancel: () => cancelling.abort(),
    headers: () => headersOf(identity.who, identity.acting),
  };
}
