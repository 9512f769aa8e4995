import { randomUUID } from "node:crypto";
import { chmod, link, readFile, rm, writeFile } from "node:fs/promises";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";

export const signingAlgorithm = "ES256";

/**
 * The issuer's signing keys. With a file, those in it, so that tokens outlive a restart; the file is made, for its owner
 * only, when it isn't there. Without one, fresh keys.
 *
 * @throws Error naming the file and the cure when it can't be read or isn't ours
 */
export async function readSigningKeys(file?: string): Promise<{ keys: JWK[] }> {
  if (file === undefined) return newSigningKeys();
  let text = await readIfThere(file);
  if (text === null) {
    await writeOnce(file, JSON.stringify(await newSigningKeys()));
    text = await readFile(file, "utf8");
  }
  await chmod(file, 0o600);
  try {
    const { keys } = JSON.parse(text) as { keys: JWK[] };
    const [key] = keys;
    if (!key?.d || key.alg !== signingAlgorithm) throw new Error(`No private ${signingAlgorithm} key.`);
    await importJWK(key);
    return { keys };
  } catch (cause) {
    throw new Error(`${file} holds no signing key. Delete it, and the next start makes a new one.`, { cause });
  }
}

async function newSigningKeys(): Promise<{ keys: JWK[] }> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const key = await exportJWK(privateKey);
  return { keys: [{ ...key, kid: await calculateJwkThumbprint(key), alg: signingAlgorithm, use: "sig" }] };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Whole or not at all; where two processes start at once, both go on with the first one's keys. */
async function writeOnce(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
