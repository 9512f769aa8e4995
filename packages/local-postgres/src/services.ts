/** One service as the database and the stack know it. */
export interface ServiceDefinition {
  readonly name: string;
  /** Its schema, and the stem of its two roles: `<schema>_owner` and `<schema>_service`. */
  readonly schema: string;
  /** Its default port on this machine. */
  readonly port: number;
}

/** The services of the graph. The one list: schemas, roles, ports and what `npm start` starts follow from it. */
export const services: readonly ServiceDefinition[] = [
  { name: "organisations", schema: "organisations", port: 4001 },
  { name: "education-learning", schema: "education_learning", port: 4002 },
  { name: "production-system", schema: "production_system", port: 4003 },
  { name: "leadership", schema: "leadership", port: 4004 },
  { name: "events", schema: "events", port: 4005 },
];
