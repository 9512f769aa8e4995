const bearer = /^Bearer ([\w.~+/-]+=*)$/i;

/** The token of an `authorization: Bearer …` header; null for no header, another scheme, or characters no token has. */
export function readBearer(authorization: string | undefined): string | null {
  return authorization === undefined ? null : (bearer.exec(authorization)?.[1] ?? null);
}
