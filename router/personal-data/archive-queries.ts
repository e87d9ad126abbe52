import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/**
 * The queries of an archive, derived from the schema: everything that a customer can read of themselves. A new field of
 * a customer's type is in the archive without a change here.
 */
export interface ArchiveQueries {
  /** Selects the fields of the viewer that are no lists of their own. */
  readonly profile: string;
  /** The viewer's connections, such as `orders`. */
  readonly connections: readonly PagedList[];
  /** The viewer's lists of objects that have connections, such as `accounts` with their `entries`. */
  readonly owners: readonly OwnerList[];
}

/** A connection, read page by page with the variables `$after` and, below an owner, `$id`. */
export interface PagedList {
  readonly name: string;
  readonly query: string;
}

export interface OwnerList {
  readonly name: string;
  readonly query: string;
  readonly connections: readonly PagedList[];
}

type Field = GraphQLField<unknown, unknown>;

/** The items of a page. With it, each query costs less than the limit of an operation. */
const pageItems = 50;

/** The viewer's alias in every query, and the name of a page's connection. */
export const rootAlias = 'root';
export const listAlias = 'list';

export function archiveQueries(schema: GraphQLSchema): ArchiveQueries {
  const user = objectType(schema, 'User');
  const fields = Object.values(user.getFields()).filter(isSelectable);
  const connections = fields.filter(isConnection);
  const owners = fields.filter((field) => isListOfOwners(field));
  // Objects with a list of their own: elsewhere in the archive, their id refers to them.
  const listed = new Set(['User', ...connections.map(nodeTypeName), ...owners.map((field) => typeOf(field).name)]);
  for (const owner of owners) for (const field of connectionsOf(typeOf(owner))) listed.add(nodeTypeName(field));

  const others = fields.filter((field) => !connections.includes(field) && !owners.includes(field));
  return {
    profile: `query ArchiveProfile { ${rootAlias}: viewer { ${selectionOf(others, listed)} } }`,
    connections: connections.map((field) => ({
      name: field.name,
      query: `query ArchivePage($after: String) { ${rootAlias}: viewer { ${pageOf(field, listed)} } }`,
    })),
    owners: owners.map((field) => ownerList(schema, field, listed)),
  };
}

function ownerList(schema: GraphQLSchema, { name, type }: Field, listed: ReadonlySet<string>): OwnerList {
  const owner = getNamedType(type) as GraphQLObjectType;
  const root = owner.name[0]!.toLowerCase() + owner.name.slice(1);
  if (schema.getQueryType()?.getFields()[root] === undefined) throw new Error(`no query finds one ${owner.name}`);
  const plain = Object.values(owner.getFields()).filter((field) => isSelectable(field) && !isConnection(field));
  return {
    name,
    query: `query ArchiveList { ${rootAlias}: viewer { ${listAlias}: ${name} { ${selectionOf(plain, listed)} } } }`,
    connections: connectionsOf(owner).map((field) => ({
      name: field.name,
      query: `query ArchivePage($id: ID!, $after: String) { ${rootAlias}: ${root}(id: $id) { ${pageOf(field, listed)} } }`,
    })),
  };
}

function pageOf(field: Field, listed: ReadonlySet<string>): string {
  const nodes = Object.values(nodeType(field).getFields()).filter(isSelectable);
  return (
    `${listAlias}: ${field.name}(first: ${pageItems}, after: $after) ` +
    `{ nodes { ${selectionOf(nodes, listed)} } pageInfo { hasNextPage endCursor } }`
  );
}

/** Lists of listed objects are omitted: those objects refer back. */
function selectionOf(fields: readonly Field[], listed: ReadonlySet<string>, above: readonly string[] = []): string {
  const selections = fields.map((field) => {
    const type = getNamedType(field.type);
    if (isLeafType(type)) return field.name;
    if (!isObjectType(type) || above.includes(type.name) || isConnection(field)) return '';
    if (listed.has(type.name)) return isListType(getNullableType(field.type)) ? '' : `${field.name} { id }`;
    const below = Object.values(type.getFields()).filter(isSelectable);
    return `${field.name} { ${selectionOf(below, listed, [...above, type.name])} }`;
  });
  return selections.filter((selection) => selection !== '').join(' ');
}

const isSelectable = ({ args }: Field): boolean => !args.some(isRequiredArgument);

const typeOf = ({ type }: Field) => getNamedType(type) as GraphQLObjectType;

const isConnection = (field: Field): boolean => {
  const type = getNamedType(field.type);
  return isObjectType(type) && type.name.endsWith('Connection') && type.getFields()['nodes'] !== undefined;
};

const connectionsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields()).filter(isConnection);

const isListOfOwners = ({ type }: Field): boolean => {
  const item = getNamedType(type);
  return isListType(getNullableType(type)) && isObjectType(item) && connectionsOf(item).length > 0;
};

const nodeType = (field: Field): GraphQLObjectType =>
  getNamedType(typeOf(field).getFields()['nodes']!.type) as GraphQLObjectType;

const nodeTypeName = (field: Field): string => nodeType(field).name;

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`the schema has no type ${name}`);
  return type;
}
