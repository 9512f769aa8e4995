import { Type } from "@mikro-orm/core";
import { decodeGlobalId, encodeGlobalId, type GlobalIdType } from "@clic/global-id";

/**
 * A column that holds the bare uuid of a thing whose type is known; the property holds the global id (`org_…`).
 * Throws MalformedGlobalId when a property is given an id of another type.
 */
export class UuidColumn extends Type<string, string> {
  readonly idType: GlobalIdType;
  constructor(idType: GlobalIdType) {
    super();
    this.idType = idType;
  }
  override convertToDatabaseValue(value: string): string {
    return value == null ? value : decodeGlobalId(value, this.idType).uuid;
  }
  override convertToJSValue(value: string): string {
    return value == null ? value : encodeGlobalId(this.idType, value);
  }
  override getColumnType(): string {
    return "uuid";
  }
  override compareAsType(): string {
    return "string";
  }
}

/** The type of a property that refers to one kind of thing, kept as `uuid`. */
export function idOf(idType: GlobalIdType): UuidColumn {
  return new UuidColumn(idType);
}
