import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNullableType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Json, JsonObject } from '../../json.ts';
import { scalars } from '../graphql-input.ts';
import { schema } from '../openapi-components.ts';

/** A type, and what a document selects of it. */
export interface Place {
  readonly type: GraphQLOutputType;
  readonly selection: SelectionSetNode;
}

const nothing: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };

/** Describes what a document selects, as JSON Schema. A fragment that is all of a selection is a component. */
export class Selections {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #api: GraphQLSchema;
  readonly #components: Record<string, JsonObject>;

  /** @param components receives the schemas of the fragments that are referred to, by name. */
  constructor(api: GraphQLSchema, { definitions }: DocumentNode, components: Record<string, JsonObject>) {
    const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((one) => [one.name.value, one]));
    this.#api = api;
    this.#components = components;
  }

  /** Returns the place of a response key below another place. */
  at({ type, selection }: Place, key: string): Place {
    const parent = getNullableType(type) as GraphQLObjectType;
    const field = this.#fieldsOf(selection).find((one) => keyOf(one) === key);
    if (field === undefined) throw new Error(`the document does not select ${key}`);
    return placeOf(parent, field);
  }

  schemaOf({ type, selection }: Place): JsonObject {
    if (!isNonNullType(type)) return { anyOf: [this.nonNull(type, selection), { type: 'null' }] };
    return this.nonNull(type.ofType, selection);
  }

  /** The schema of a value that is not null. */
  nonNull(type: GraphQLOutputType, selection: SelectionSetNode): JsonObject {
    if (isNonNullType(type)) return this.nonNull(type.ofType, selection);
    if (isListType(type)) return { type: 'array', items: this.schemaOf({ type: type.ofType, selection }) };
    if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
    if (isScalarType(type)) return { ...scalars[type.name] };
    if (!isObjectType(type)) throw new Error(`${type.name} is not an object`);
    const [only, ...others] = selection.selections;
    return only?.kind === Kind.FRAGMENT_SPREAD && others.length === 0
      ? this.component(only.name.value)
      : this.objectOf(type, selection);
  }

  /** @param without the members that the response leaves out. */
  objectOf(type: GraphQLObjectType, selection: SelectionSetNode, without: readonly string[] = []): JsonObject {
    const fields = this.#fieldsOf(selection).filter((field) => !without.includes(keyOf(field)));
    const members = fields.map((field): [string, Json] => {
      const { description } = type.getFields()[field.name.value]!;
      const value = this.schemaOf(placeOf(type, field));
      return [keyOf(field), description ? { ...value, description } : value];
    });
    const required = fields.filter(({ directives = [] }) => directives.length === 0).map(keyOf);
    return { type: 'object', properties: Object.fromEntries(members), required };
  }

  /** Returns a reference to the schema of a fragment. */
  component(name: string, without: readonly string[] = []): JsonObject {
    const { typeCondition, selectionSet } = this.#fragments.get(name)!;
    const type = this.#api.getType(typeCondition.name.value) as GraphQLObjectType;
    this.#components[name] ??= { description: type.description ?? '', ...this.objectOf(type, selectionSet, without) };
    return schema(name);
  }

  #fieldsOf({ selections }: SelectionSetNode): FieldNode[] {
    return selections.flatMap((one) => {
      if (one.kind === Kind.FIELD) return [one];
      if (one.kind === Kind.INLINE_FRAGMENT) return this.#fieldsOf(one.selectionSet);
      return this.#fieldsOf(this.#fragments.get(one.name.value)!.selectionSet);
    });
  }
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function placeOf(parent: GraphQLObjectType, field: FieldNode): Place {
  return { type: parent.getFields()[field.name.value]!.type, selection: field.selectionSet ?? nothing };
}
