export { builderScript, builtFolder, fingerprint } from "./sources.ts";
