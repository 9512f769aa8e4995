import { Migration } from "@mikro-orm/migrations";
import { criteriaRightsSql, criteriaRulesSql } from "./20261126-criteria-rules.sql.ts";
import { criteriaConstraintsSql, criteriaTablesSql, onceOneMarkSql } from "./20261126-criteria.sql.ts";

class Criteria extends Migration {
  override up(): void {
    this.addSql(criteriaTablesSql);
    this.addSql(onceOneMarkSql);
    this.addSql(criteriaConstraintsSql);
    this.addSql(criteriaRulesSql);
    this.addSql(criteriaRightsSql);
  }
}

export const migration = { name: "20261126-criteria", class: Criteria };
