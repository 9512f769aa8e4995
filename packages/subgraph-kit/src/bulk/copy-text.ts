import type { EntityProperty } from "@mikro-orm/core";
import { metadataOf } from "../orm.ts";
import { UuidColumn } from "../row/global-id.type.ts";
import type { EntityDefinition } from "../row/row-source.ts";

/** The columns of an entity that rows like this one fill, in the entity's order, and how a row becomes a line of COPY's text format. */
export interface CopyFormat {
  /** Unquoted. */
  readonly columns: readonly string[];
  line(row: object): string;
}

/** Throws when the row has a property that the entity has not: a misspelt one would be lost without a word. */
export function copyFormat(entity: EntityDefinition, example: object): CopyFormat {
  const metadata = metadataOf(entity);
  const stored = metadata.props.filter((property) => property.persist !== false && property.generated === undefined);
  const used = stored.filter((property) => property.name in example);
  const unknown = Object.keys(example).filter((name) => !used.some((property) => property.name === name));
  if (unknown.length > 0) throw new Error(`${metadata.className} stores no ${unknown.join(", ")}.`);
  const names = used.map((property) => property.name as never);
  const writers = used.map(writerOf);
  return {
    columns: used.map((property) => property.fieldNames[0] as string),
    line: (row) => {
      let line = "";
      for (let index = 0; index < names.length; index++) {
        const value: unknown = row[names[index] as never];
        if (index > 0) line += "\t";
        line += value === null || value === undefined ? "\\N" : (writers[index] as (value: unknown) => string)(value);
      }
      return `${line}\n`;
    },
  };
}

function writerOf({ customType }: EntityProperty): (value: unknown) => string {
  if (customType instanceof UuidColumn) return (value) => customType.convertToDatabaseValue(value as string);
  return write;
}

function write(value: unknown): string {
  if (typeof value === "string") return escape(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return escape(`{${value.map((one) => quote(String(one))).join(",")}}`);
  return String(value);
}

function quote(element: string): string {
  return `"${element.replace(/[\\"]/g, "\\$&")}"`;
}

const special: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escape(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => special[character] as string) : text;
}
