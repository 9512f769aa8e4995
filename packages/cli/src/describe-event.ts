import type { SupervisorEvent } from "@clic/supervisor";

/** What happened to a process, as one line for a person. */
export function describeEvent(event: SupervisorEvent): string {
  switch (event.type) {
    case "died": {
      const words = event.lastLine === "" ? "" : ` — ${event.lastLine}`;
      return `${event.name} died (${event.how}${words}). It is started again in ${event.restartInMs / 1000} s. Log: ${event.logFile}`;
    }
    case "crash-loop":
      return `${event.name} has died ${event.deaths} times in a row. It is tried again every 30 s at the latest, and no longer reported until it stays up. Log: ${event.logFile}`;
    case "recovered":
      return `${event.name} is ready again.`;
  }
}
