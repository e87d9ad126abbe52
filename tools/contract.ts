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

/** The public API on which clients rely: the supergraph may add to it, but not remove from it. */
export function readContract(): GraphQLSchema {
  return buildASTSchema(parse(readFileSync(new URL('../test/contract.graphql', import.meta.url), 'utf8')));
}

/** Served by the router, not by a subgraph. */
const servedByRouter = new Set(['Subscription']);

/** @returns a sentence for each part of the contract that the API lacks. */
export function missingFromContract(api: GraphQLSchema, contract: GraphQLSchema): string[] {
  return Object.values(contract.getTypeMap())
    .filter(({ name }) => !name.startsWith('__') && !servedByRouter.has(name))
    .flatMap((promised) => {
      const type = api.getType(promised.name);
      if (type === undefined) return [`the type ${promised.name} is missing`];
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
  const path = `${owner}.${promised.name}`;
  const field = fields[promised.name];
  if (field === undefined) return [`${path} is missing`];
  const args = Object.fromEntries((field.args ?? []).map((arg) => [arg.name, arg]));
  return [
    ...(field.type.toString() === promised.type.toString()
      ? []
      : [`${path} is ${field.type.toString()}, not ${promised.type.toString()}`]),
    ...(field.defaultValue === promised.defaultValue ? [] : [`${path} has another default`]),
    ...(promised.args ?? []).flatMap((arg) => missingField(path, arg, args)),
  ];
}
