import { openBus, rpiwPhaseChanged, startConsumer, startRelay } from "@clic/bus";
import { systemViewer } from "@clic/identity";
import { transact, type Background, type RunningParts, type UseCase } from "@clic/subgraph-kit";
import { followDelivery } from "./work-item/follow-delivery.ts";

interface Options {
  readonly orm: RunningParts["orm"];
  readonly logger: RunningParts["logger"];
  readonly databaseUrl: string;
  /** Nothing is started without it. */
  readonly busDatabaseUrl: string | undefined;
}

/** Passes on what this service tells, and follows what delivery tells; waits for neither the bus nor PostgreSQL. */
export function startBackground({ orm, logger, databaseUrl, busDatabaseUrl }: Options): readonly Background[] {
  if (busDatabaseUrl === undefined) return [];
  const bus = openBus({ databaseUrl: busDatabaseUrl, logger });
  const relay = startRelay({ databaseUrl, schema: "organisations", bus, logger });
  const viewer = systemViewer("organisations.work-item-status");
  const consumer = startConsumer({
    bus,
    name: "organisations.work-item-status",
    facts: [rpiwPhaseChanged],
    transaction: <Result>(work: (em: UseCase["em"]) => Promise<Result>) =>
      transact(orm.em, viewer, new Date(), ({ em }) => work(em)),
    handle: (fact, em) => followDelivery({ em, viewer, now: new Date() }, fact),
    logger,
  });
  const stop = async (): Promise<void> => {
    await Promise.all([relay.stop(), consumer.stop()]);
    await bus.stop();
  };
  return [{ stop }];
}
