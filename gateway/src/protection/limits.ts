/** Bytes of an HTTP request's body. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** Lexical tokens of a document; the parser stops there. The standard introspection query has about 350. */
export const MAX_TOKENS = 2_000;
/** Fields under fields, fragments followed. The longest acceptance query has 8, the standard introspection query 14. */
export const MAX_DEPTH = 20;
/** Objects and lists within one another in a request's variables. A `where` of five nots and ors has 15. */
export const MAX_VARIABLE_DEPTH = 50;
