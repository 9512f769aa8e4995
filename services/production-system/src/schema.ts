import { defineSubgraph } from "@clic/subgraph-kit";
import { facultySlice } from "./faculty/faculty.resolvers.ts";
import { improvementProjectSlice } from "./improvement-project/improvement-project.resolvers.ts";
import { metricSlice } from "./metric/metric.resolvers.ts";
import { organisationSlice } from "./organisation/organisation.resolvers.ts";
import { orm } from "./orm.config.ts";
import { personSlice } from "./person/person.resolvers.ts";
import { readingSlice } from "./reading/reading.resolvers.ts";
import { reviewSlice } from "./review/review.resolvers.ts";
import { rpiwSlice } from "./rpiw/rpiw.resolvers.ts";
import { runChartSlice } from "./run-chart/run-chart.resolvers.ts";
import { teachingSlice } from "./teaching/teaching.resolvers.ts";
import { workbookSlice } from "./workbook/workbook.resolvers.ts";
import { workstreamSlice } from "./workstream/workstream.resolvers.ts";

/** Production System's part of the graph: the explicit list of its slices. */
export const subgraph = defineSubgraph({
  name: "production-system",
  orm,
  directory: import.meta.dirname,
  slices: [
    rpiwSlice,
    improvementProjectSlice,
    metricSlice,
    readingSlice,
    reviewSlice,
    runChartSlice,
    workbookSlice,
    facultySlice,
    teachingSlice,
    workstreamSlice,
    organisationSlice,
    personSlice,
  ],
});
