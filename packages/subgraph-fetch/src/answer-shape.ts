import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLNonNull,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
  doTypesOverlap,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";
import { type AcceptLeaf, acceptTypename, leafOf } from "./leaf.ts";

export type ValueShape = LeafShape | ListShape | ObjectShape;

export interface LeafShape {
  readonly kind: "leaf";
  readonly nullable: boolean;
  readonly what: string;
  readonly accepts: AcceptLeaf;
}

export interface ListShape {
  readonly kind: "list";
  readonly nullable: boolean;
  readonly of: ValueShape;
}

export interface ObjectShape {
  readonly kind: "object";
  readonly nullable: boolean;
  readonly type: GraphQLCompositeType;
  /** The type when there is no other that it could be. */
  readonly only: GraphQLObjectType | undefined;
  /** The fields asked of objects of this type; of `undefined`, all that may be there when nobody asked which type it is. */
  fieldsOf(type: GraphQLObjectType | undefined): readonly FieldShape[];
}

export interface FieldShape {
  /** Its key in the answer: the alias where there is one. */
  readonly key: string;
  readonly name: string;
  /** Under its own name and without arguments, so that it says the same as in a representation. */
  readonly plain: boolean;
  /** Whether it must be there. */
  readonly always: boolean;
  /** Whether every object has something of that name without owning it. */
  readonly inherited: boolean;
  readonly value: ValueShape;
}

/** What the shape of an answer follows from. */
export interface ShapeContext {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Whether a selection with these directives is asked for. */
  readonly included: (directives: readonly DirectiveNode[] | undefined) => boolean;
}

/**
 * The shape of what answers selections on a type. Made step by step, as answers go deeper, and kept: a type that no answer
 * has brought costs nothing, and interfaces below interfaces don't multiply.
 *
 * @param guessed whether `type` is only one of those that the field may have, since its parent's type is not known
 */
export function objectShape(
  context: ShapeContext,
  type: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
  nullable: boolean,
  guessed = false,
): ObjectShape {
  const known = new Map<GraphQLObjectType | undefined, readonly FieldShape[]>();
  const only = isObjectType(type) ? type : undefined;
  return {
    kind: "object",
    nullable,
    type,
    only,
    fieldsOf(of = only) {
      let fields = known.get(of);
      if (!fields) known.set(of, (fields = collectFields(context, type, selections, of, guessed)));
      return fields;
    },
  };
}

interface Collected {
  readonly field: FieldNode;
  readonly type: GraphQLOutputType | "typename";
  readonly selections: SelectionSetNode[];
  always: boolean;
}

function collectFields(
  context: ShapeContext,
  type: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
  runtime: GraphQLObjectType | undefined,
  guessed: boolean,
): readonly FieldShape[] {
  const { schema, fragments, included } = context;
  const collected = new Map<string, Collected>();
  function visit(set: SelectionSetNode, scope: GraphQLCompositeType, always: boolean): void {
    for (const selection of set.selections) {
      if (!included(selection.directives)) continue;
      if (selection.kind === "Field") {
        const key = selection.alias?.value ?? selection.name.value;
        let entry = collected.get(key);
        if (!entry) {
          const of = typeOf(selection.name.value, runtime ?? scope);
          if (!of && guessed) continue;
          if (!of) throw new Error(`the schema has no field ${scope.name}.${selection.name.value}`);
          entry = { field: selection, type: of, selections: [], always };
          collected.set(key, entry);
        }
        entry.always ||= always;
        if (selection.selectionSet) entry.selections.push(selection.selectionSet);
        continue;
      }
      const fragment = selection.kind === "InlineFragment" ? selection : fragments.get(selection.name.value);
      if (!fragment) continue;
      const condition = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : scope;
      if (!isCompositeType(condition)) continue;
      if (runtime) {
        const applies = condition === runtime || (isAbstractType(condition) && schema.isSubType(condition, runtime));
        if (applies) visit(fragment.selectionSet, condition, always);
      } else if (doTypesOverlap(schema, condition, type)) {
        visit(fragment.selectionSet, condition, always && condition === type);
      }
    }
  }
  for (const set of selections) visit(set, type, true);
  return [...collected].map(([key, { field, type: of, selections: sets, always }]) => ({
    key,
    name: field.name.value,
    plain: !field.alias && !field.arguments?.length,
    always,
    inherited: key in Object.prototype,
    value:
      of === "typename" ? typenameShape(schema, runtime ?? type) : valueShape(context, of, sets, guessed || !runtime),
  }));
}

function valueShape(
  context: ShapeContext,
  type: GraphQLOutputType,
  selections: readonly SelectionSetNode[],
  guessed: boolean,
): ValueShape {
  const nullable = !isNonNullType(type);
  const inner = type instanceof GraphQLNonNull ? type.ofType : type;
  if (isListType(inner)) return { kind: "list", nullable, of: valueShape(context, inner.ofType, selections, guessed) };
  if (isLeafType(inner)) return { kind: "leaf", nullable, what: inner.name, accepts: leafOf(inner) };
  return objectShape(context, inner, selections, nullable, guessed);
}

function typenameShape(schema: GraphQLSchema, type: GraphQLCompositeType): LeafShape {
  return { kind: "leaf", nullable: false, what: `__typename of ${type.name}`, accepts: acceptTypename(schema, type) };
}

function typeOf(name: string, type: GraphQLCompositeType): GraphQLOutputType | "typename" | undefined {
  if (name === "__typename") return "typename";
  return isUnionType(type) ? undefined : type.getFields()[name]?.type;
}
