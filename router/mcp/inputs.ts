import {
  GraphQLID,
  type GraphQLInputType,
  GraphQLNonNull,
  type GraphQLSchema,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type Parameter, parametersOf } from '../rest/parameters.ts';
import { faultsOfObject } from '../rest/values.ts';
import type { Tool } from './tools.ts';

type Members = Readonly<Record<string, unknown>>;

/** The input of a tool: what its operation's variables need, with the steps of a confirmation. */
export interface ToolInput {
  readonly jsonSchema: { readonly type: 'object' } & Members;
  /** Reads arguments into variables; the texts say what is wrong. `confirm` is null before the confirmation. */
  readonly read: (given: Members) => ReadInput;
}

export type ReadInput =
  | { readonly variables: Record<string, unknown>; readonly confirm: string | null; readonly faults: null }
  | { readonly faults: readonly string[] };

const text = { in: 'body', isRequired: false, defaultValue: undefined, type: GraphQLString } as const;
const confirm: Parameter = {
  ...text,
  name: 'confirm',
  variable: ['confirm'],
  description: 'Leave it out at first: the answer says what would happen, and has the text to confirm it with.',
};
/** A quote contains the accounts and the amount, so that the transfer cannot differ from it. */
const quoteId: Parameter = {
  ...text,
  name: 'quoteId',
  variable: ['quoteId'],
  isRequired: true,
  type: new GraphQLNonNull(GraphQLID),
  description: 'The id of a quote from quote_transfer.',
};

/** Derives the input of a tool from the variables of its operation. */
export function inputOf(schema: GraphQLSchema, { name, route, effect }: Tool): ToolInput {
  // The key follows from the confirmation, and a client cannot confirm its customer's identity.
  const all = parametersOf(schema, route).filter(
    ({ in: place, name }) => place !== 'header' && name !== 'confirmation',
  );
  const own = name === 'transfer' ? [quoteId, ...all.filter(({ name }) => name === 'description')] : all;
  const parameters = effect === 'moves money' ? [...own, confirm] : own;
  const fields = Object.fromEntries(
    parameters.map(({ name, type, sorts }) => [name, { type: sorts ? GraphQLString : type }]),
  );
  return {
    jsonSchema: {
      type: 'object',
      properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, propertyOf(parameter)])),
      required: parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name),
      additionalProperties: false,
    },
    read: (given) => {
      const faults = faultsOfObject(fields, given).map(
        ({ path, detail }) => `${path.join('.') || 'arguments'}: ${detail}`,
      );
      const wrong = [
        ...faults,
        ...(faults.length > 0 ? [] : parameters.flatMap((parameter) => rangeFaults(parameter, given))),
      ];
      return wrong.length > 0 ? { faults: wrong } : { ...variablesOf(parameters, given), faults: null };
    },
  };
}

function propertyOf({ type, description, sorts, range, defaultValue }: Parameter): Members {
  return {
    ...(sorts === undefined ? jsonSchemaOf(type) : { type: 'string', enum: [...sorts.keys()] }),
    ...(range === undefined ? {} : { minimum: range[0], maximum: range[1] }),
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
    ...(description === '' ? {} : { description }),
  };
}

function jsonSchemaOf(type: GraphQLInputType): Members {
  if (isNonNullType(type)) return jsonSchemaOf(type.ofType);
  if (isListType(type)) return { type: 'array', items: jsonSchemaOf(type.ofType) };
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return {
      type: 'object',
      properties: Object.fromEntries(
        fields.map(({ name, type, description }) => [
          name,
          { ...jsonSchemaOf(type), ...(description ? { description } : {}) },
        ]),
      ),
      required: fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name),
      additionalProperties: false,
    };
  }
  if (type.name === 'Int') return { type: 'integer' };
  if (type.name === 'Boolean') return { type: 'boolean' };
  if (type.name === 'Decimal') return { type: 'string', pattern: String.raw`^-?\d+(\.\d+)?$` };
  return { type: 'string', ...(type.name === 'DateTime' ? { format: 'date-time' } : {}) };
}

function rangeFaults({ name, sorts, range }: Parameter, given: Members): string[] {
  const value = given[name];
  if (value == null) return [];
  if (sorts !== undefined && !sorts.has(value as string))
    return [`${name}: This must be one of ${[...sorts.keys()].join(', ')}.`];
  if (range !== undefined && (Number(value) < range[0] || Number(value) > range[1])) {
    return [`${name}: This must be ${range[0]} to ${range[1]}.`];
  }
  return [];
}

function variablesOf(parameters: readonly Parameter[], given: Members) {
  const variables: Record<string, unknown> = {};
  for (const { name, variable, sorts } of parameters) {
    const value = sorts === undefined ? given[name] : sorts.get(given[name] as string);
    if (value == null || name === 'confirm') continue;
    const [first, field] = variable;
    variables[first] = field === undefined ? value : { ...(variables[first] as object | undefined), [field]: value };
  }
  return { variables, confirm: typeof given['confirm'] === 'string' ? given['confirm'] : null };
}
