import { outboxMigrationSql } from "@clic/bus";
import { viewerFunctionsSql } from "@clic/subgraph-kit";
import { Migration } from "@mikro-orm/migrations";
import { directorySql } from "./20261122-directory.sql.ts";
import { supportRequestSql } from "./20261122-support-request.sql.ts";
import { workProgrammeSql } from "./20261122-work-programme.sql.ts";

class Initial extends Migration {
  override up(): void {
    this.addSql(viewerFunctionsSql("organisations"));
    this.addSql(outboxMigrationSql({ schema: "organisations" }));
    this.addSql(directorySql);
    this.addSql(supportRequestSql);
    this.addSql(workProgrammeSql);
  }
}

export const migration = { name: "20261122-initial", class: Initial };
