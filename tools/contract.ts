import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type GraphQLSchema,
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';

/** The public API that clients rely on: the supergraph may have more, never less. */
export function readContract(): GraphQLSchema {
  return buildASTSchema(parse(readFileSync(new URL('../test/contract.graphql', import.meta.url), 'utf8')));
}

/** Served by the router itself, not by a subgraph. */
const outsideTheGraph = new Set(['Subscription']);

/** What the contract promises and the API does not have, a sentence each. */
export function missingFromContract(api: GraphQLSchema, contract: GraphQLSchema): string[] {
  return Object.values(contract.getTypeMap())
    .filter(({ name }) => !name.startsWith('__') && !outsideTheGraph.has(name))
    .flatMap((promised) => {
      const type = api.getType(promised.name);
      if (type === undefined) return [`there is no type ${promised.name}`];
      if (isEnumType(promised) && isEnumType(type)) {
        return promised
          .getValues()
          .filter(({ name }) => type.getValue(name) === undefined)
          .map(({ name }) => `${promised.name} lacks the value ${name}`);
      }
      if ((isObjectType(promised) || isInterfaceType(promised)) && isObjectType(type)) {
        return Object.values(promised.getFields()).flatMap((field) =>
          missingField(promised.name, field, type.getFields()),
        );
      }
      if (isInputObjectType(promised) && isInputObjectType(type)) {
        return Object.values(promised.getFields()).flatMap((field) =>
          missingField(promised.name, field, type.getFields()),
        );
      }
      return promised.constructor === type.constructor ? [] : [`${promised.name} is of another kind`];
    });
}

interface Field {
  readonly name: string;
  readonly type: GraphQLType;
  readonly args?: readonly Field[];
  readonly defaultValue?: unknown;
}

function missingField(owner: string, promised: Field, fields: Readonly<Record<string, Field>>): string[] {
  const place = `${owner}.${promised.name}`;
  const field = fields[promised.name];
  if (field === undefined) return [`${place} is missing`];
  const args = Object.fromEntries((field.args ?? []).map((arg) => [arg.name, arg]));
  return [
    ...(field.type.toString() === promised.type.toString()
      ? []
      : [`${place} is ${field.type.toString()}, not ${promised.type.toString()}`]),
    ...(field.defaultValue === promised.defaultValue ? [] : [`${place} has another default`]),
    ...(promised.args ?? []).flatMap((arg) => missingField(place, arg, args)),
  ];
}
