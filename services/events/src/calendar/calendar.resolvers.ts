import { anonymousViewer } from "@clic/identity";
import type { Slice } from "@clic/subgraph-kit";
import { events } from "../event/event.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { venues } from "../venue/venue.entity.ts";
import { calendarPath, isInCalendar } from "./calendar.rules.ts";
import { printCalendar } from "./print-calendar.ts";

const resolvers: Resolvers = {
  Event: {
    calendarUrl: (event, _, { publicUrl }) => (isInCalendar(event) ? `${publicUrl}${calendarPath(event.id)}` : null),
  },
};

export const calendarSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  routes: (app, contextFor) => {
    app.get<{ Params: { file: string } }>("/calendar/:file", async ({ params }, reply) => {
      const context = contextFor(anonymousViewer);
      const event = params.file.endsWith(".ics") ? await events.byId(context, params.file.slice(0, -4)) : null;
      if (event === null || !isInCalendar(event))
        return await reply.code(404).send({ message: "There is no such calendar." });
      const venue = event.venueId ? await venues.byId(context, event.venueId) : null;
      return await reply
        .header("content-type", "text/calendar; charset=utf-8")
        .header("cache-control", "public, max-age=300")
        .send(printCalendar(event, venue));
    });
  },
};
