import { parseArgs } from "node:util";

const options = {
  supergraph: { type: "string" },
  port: { type: "string" },
  open: { type: "boolean" },
} as const;

/**
 * The environment as the command line changes it: `--supergraph FILE`, `--port N`, `--open`. Throws for other arguments.
 * Open can't be had from the environment: what switches protection off should be seen where the process is listed.
 */
export function withCommandLine(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const { supergraph, port, open } = parseArgs({ args: [...args], options }).values;
  return {
    ...environment,
    ...(supergraph !== undefined && { SUPERGRAPH: supergraph }),
    ...(port !== undefined && { PORT: port }),
    OPEN: open ? "on" : undefined,
  };
}
