/** Places neither offered nor taken; never below zero, which the database holds. */
export function placesLeft({ places, taken }: { readonly places: number; readonly taken: number }): number {
  return places - taken;
}
