/** The code of every error that this package gives a caller. Public: never renamed. */
export const WITHHELD_CODE = "UNAUTHORIZED_FIELD_OR_TYPE";

/** A supergraph whose rules can't be enforced as they stand. Serve nothing of it; the message says what and where. */
export class AuthorisationRefused extends Error {
  override readonly name = "AuthorisationRefused";
}
