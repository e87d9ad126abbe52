import { webhooksAsBuilt } from './interfaces/asyncapi-webhooks.ts';

/** What the generator understands of JSON Schema: the payloads need no more, and it throws where they do. */
interface Schema {
  readonly type?: string;
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Message {
  readonly summary: string;
  readonly payload: Schema;
}

/** @returns the types of the events of webhooks for the typed client, from the schemas of the AsyncAPI document. */
export function webhookTypes(): string {
  const messages = Object.entries(webhooksAsBuilt()['messages'] as unknown as Record<string, Message>);
  const types = messages.map(
    ([type, { summary, payload }]) => `/** ${summary} */\nexport interface ${nameOf(type)} ${typeOf(payload)}\n`,
  );
  return [
    '// Generated from the payloads of webhooks in the AsyncAPI document by `npm run compose`: change those.\n',
    ...types,
    `/** Each event that a webhook can get. Its \`type\` says which. */\nexport type WebhookEvent =\n${messages.map(([type]) => `  | ${nameOf(type)}`).join('\n')};\n`,
  ].join('\n');
}

/** `order.paid` is `OrderPaid`. */
const nameOf = (type: string) =>
  type
    .split('.')
    .map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`)
    .join('');

function typeOf(schema: Schema, indent = ''): string {
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  if (schema.type === 'integer') return 'number';
  if (schema.type === 'string' || schema.type === 'boolean') return schema.type;
  if (schema.type !== 'object' || schema.properties === undefined)
    throw new Error(`a payload of webhooks has a schema without a type here: ${JSON.stringify(schema)}`);
  const inner = `${indent}  `;
  const members = Object.entries(schema.properties).map(([name, member]) => {
    const about = member.description === undefined ? '' : `${inner}/** ${member.description} */\n`;
    const isRequired = schema.required?.includes(name) === true;
    return `${about}${inner}readonly ${name}${isRequired ? '' : '?'}: ${typeOf(member, inner)};\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}

const literal = (value: string | number) => (typeof value === 'number' ? String(value) : `'${value}'`);
