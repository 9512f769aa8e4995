/** Stops the server that the set-up started; one that was given runs on. */
export default async function tearDown(): Promise<void> {
  await globalThis.clicTestPostgres?.stop();
}
