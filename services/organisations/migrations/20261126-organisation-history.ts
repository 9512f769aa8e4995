import { Migration } from "@mikro-orm/migrations";
import { importRunSql } from "./20261126-import-run.sql.ts";
import { circlesSql, historySql, historyTriggersSql } from "./20261126-organisation-history.sql.ts";

class OrganisationHistory extends Migration {
  override up(): void {
    this.addSql(historySql);
    this.addSql(importRunSql);
    this.addSql(circlesSql);
    this.addSql(historyTriggersSql);
  }
}

export const migration = { name: "20261126-organisation-history", class: OrganisationHistory };
