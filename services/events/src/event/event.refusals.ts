import { defineRefusals } from "@clic/subgraph-kit";

export const eventRefusals = defineRefusals({
  EVENT_STATUS_REFUSED: {
    type: "EventStatusRefused",
    meaning: "An event can't do this in its state. See the states in the README of Events.",
  },
  EVENT_NOT_READY: {
    type: "EventNotReady",
    meaning: "The event lacks something that publishing needs. The message says what.",
  },
});
