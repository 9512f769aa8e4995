/**
 * A whole number from 0 up to `below`, the same every time for the same purpose and number, and spread as if by chance. Give
 * each purpose a number of its own, or two draws fall alike.
 */
export function draw(purpose: number, number: number, below: number): number {
  let bits = Math.imul(purpose + 1, 0x9e3779b1) ^ (number | 0);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  bits ^= bits >>> 16;
  return Math.floor(((bits >>> 0) / 0x1_0000_0000) * below);
}

/** One of a list, drawn as {@link draw} does. */
export function drawOf<One>(purpose: number, number: number, from: readonly One[]): One {
  return from[draw(purpose, number, from.length)] as One;
}

/** Whether something happens that happens so many times in a hundred, drawn as {@link draw} does. */
export function drawPerCent(purpose: number, number: number, perCent: number): boolean {
  return draw(purpose, number, 100) < perCent;
}
