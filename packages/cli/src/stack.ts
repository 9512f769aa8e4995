import { join } from "node:path";

import { fingerprint } from "@clic/explorer";
import { services } from "@clic/local-postgres";
import type { Provisioned, ServiceDefinition } from "@clic/local-postgres";
import type { ChildDefinition } from "@clic/supervisor";

import { buildExplorer } from "./build-explorer.ts";
import type { Build } from "./build-explorer.ts";
import type { Secrets } from "./secrets.ts";
import type { PortSetting, Settings } from "./settings.ts";
import type { StateDirectory } from "./state-directory.ts";

/** What a start starts beside PostgreSQL. */
export interface Stack {
  readonly database: string;
  readonly busDatabase: string;
  readonly services: readonly ServiceDefinition[];
  /** Ports that must be free, by process. */
  readonly ports: Readonly<Record<string, PortSetting>>;
  processes(databases: Provisioned, secrets: Secrets, state: StateDirectory): readonly ChildDefinition[];
  /** Names of processes that stop before the others do. */
  readonly stopFirst: readonly string[];
  /** What is made in the background once everything is ready. */
  afterwards?(state: StateDirectory, report: (line: string) => void): Build;
}

const host = "127.0.0.1";
const audience = "https://graph.clic.example";

/** The graph: the issuer, the services, the gateway. */
export function graphStack(settings: Settings): Stack {
  const { postgres: _, ...ports } = settings.ports;
  const urlOf = (name: string): string => `http://${host}:${settings.ports[name]?.port}`;
  const explorerFolder = (state: StateDirectory): string => join(state.explorer, fingerprint());
  const script = (...path: string[]): string => join(settings.root, ...path, "src", "main.ts");

  return {
    database: "clic",
    busDatabase: "clic_bus",
    services,
    ports,
    stopFirst: ["gateway"],
    afterwards: (state, report) => buildExplorer({ folder: explorerFolder(state), logs: state.logs, report }),
    processes(databases, secrets, state) {
      const child = (
        name: string,
        args: readonly string[],
        env: Readonly<Record<string, string>>,
      ): ChildDefinition => ({
        name,
        args,
        cwd: settings.root,
        readyUrl: `${urlOf(name)}/health/ready`,
        env: {
          ...settings.inherited,
          APOLLO_TELEMETRY_DISABLED: "1",
          NODE_COMPILE_CACHE: state.compileCache,
          LOG_LEVEL: settings.logLevel,
          HOST: host,
          PORT: String(settings.ports[name]?.port),
          ISSUER_URL: urlOf("issuer"),
          AUDIENCE: audience,
          ...env,
        },
      });
      const subgraphs = services.map(({ name }) => [
        name,
        { url: `${urlOf(name)}/graphql`, key: secrets.subgraphKeys[name] },
      ]);
      return [
        ...services.map(({ name }) =>
          child(name, [script("services", name), "--migrate", "--load", "founding,demonstration"], {
            DATABASE_URL: databases.services[name]?.databaseUrl ?? "",
            MIGRATION_DATABASE_URL: databases.services[name]?.migrationDatabaseUrl ?? "",
            BUS_DATABASE_URL: databases.busDatabaseUrl,
            SUBGRAPH_KEY: secrets.subgraphKeys[name] ?? "",
            POOL_SIZE: "10",
          }),
        ),
        child("issuer", [script("packages", "development-issuer")], { KEYS_FILE: state.issuerKeysFile }),
        child("gateway", [script("gateway")], {
          SUBGRAPHS: JSON.stringify(Object.fromEntries(subgraphs)),
          // Who explores the graph on their own machine should see its schema before they have learnt to sign in.
          INTROSPECTION: "open",
          EXPLORER: "when-built",
          EXPLORER_FILES: explorerFolder(state),
        }),
      ];
    },
  };
}
