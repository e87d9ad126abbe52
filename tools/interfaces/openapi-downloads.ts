import { type GraphQLSchema, print } from 'graphql';
import { z } from 'zod';
import { archiveFormat } from '#router/personal-data/archive.ts';
import { nextPageOperation } from '#router/statements/account-statement.ts';
import { type StatementExtension, statementFormats } from '#router/statements/formats.ts';
import { receiptQuery } from '#router/statements/pdf-receipt.ts';
import { period } from '#router/statements/period.ts';
import { columns as statementColumns } from '#router/statements/rows.ts';
import type { Json, JsonObject } from '../json.ts';
import { scopesOfDocument } from './client-scopes.ts';
import { json, refused } from './openapi-components.ts';

const formatTexts = {
  csv: {
    operationId: 'statement',
    summary: "An account's statement as CSV, oldest entry first.",
    description:
      'UTF-8 with a byte order mark. The first row is the opening balance, the last one the closing balance; the ' +
      'amounts between them add up to the difference. Texts are quoted, line breaks become spaces, and an ' +
      'apostrophe precedes text that a spreadsheet could execute as a formula.',
    answer: `The columns are ${statementColumns.join(', ')}.`,
  },
  'camt053.xml': {
    operationId: 'camtStatement',
    summary: "An account's statement as an ISO 20022 message, camt.053.001.08.",
    description: 'The balances at both ends of the period are OPBD and CLBD.',
    answer: 'The message.',
  },
  ofx: {
    operationId: 'ofxStatement',
    summary: "An account's statement as OFX 2.2, for accounting programs.",
    description: 'LEDGERBAL is the closing balance. The opening balance is in BALLIST.',
    answer: 'The statement.',
  },
  pdf: {
    operationId: 'pdfStatement',
    summary: "An account's statement as PDF, to print.",
    description: 'Characters that are not in Windows-1252 are shown as question marks; the other formats have them.',
    answer: 'The statement.',
  },
} as const satisfies Record<StatementExtension, Record<string, string>>;

/** How each download can be refused. */
const downloadRefusals = [
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'RATE_LIMITED',
  'INTERNAL_SERVER_ERROR',
  'SERVICE_UNAVAILABLE',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
] as const;

/** The paths of the statements, by format. */
export function statements(api: GraphQLSchema): [path: string, item: JsonObject][] {
  return (Object.keys(statementFormats) as StatementExtension[]).map((extension) => [
    `/statements/{account}.${extension}`,
    statement(api, extension),
  ]);
}

function statement(api: GraphQLSchema, extension: StatementExtension): JsonObject {
  const { operationId, summary, description, answer } = formatTexts[extension];
  // Without parameters, such as the character set.
  const mediaType = statementFormats[extension].contentType.split(';')[0]!;
  const nextPage = print(nextPageOperation.document);
  const { $schema: _, properties } = z.toJSONSchema(period, { io: 'input' });
  const bounds = Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: schema as Json,
  }));
  return {
    get: {
      operationId,
      summary,
      description:
        `${description} Its cost is the cost of all its pages. More than STATEMENTS_PER_CUSTOMER or ` +
        'STATEMENTS_AT_ONCE concurrent requests are refused with Retry-After.',
      security: [{ accessToken: [] }, ...scopesOfDocument(api, nextPage).map((apiClient) => ({ apiClient }))],
      parameters: [
        { name: 'account', in: 'path', required: true, description: "The account's id.", schema: { type: 'string' } },
        ...bounds,
      ],
      responses: {
        '200': {
          description: answer,
          headers: {
            'content-disposition': {
              description: "The file's name, with the account's number and the period.",
              schema: { type: 'string' },
            },
          },
          content: { [mediaType]: mediaType === 'application/pdf' ? {} : { schema: { type: 'string' } } },
        },
        ...refused(['BAD_USER_INPUT', ...downloadRefusals]),
      },
    },
  };
}

export function receipt(api: GraphQLSchema): JsonObject {
  return {
    get: {
      operationId: 'receipt',
      summary: 'The receipt of one transaction as PDF.',
      description:
        "The number is the transaction's `receiptNumber`, in upper or lower case. The payer's receipt has the fee and " +
        'the total. It shares the limits of concurrent requests with statements.',
      security: [{ accessToken: [] }, ...scopesOfDocument(api, receiptQuery).map((apiClient) => ({ apiClient }))],
      parameters: [
        {
          name: 'number',
          in: 'path',
          required: true,
          description: "The receipt's number.",
          schema: { type: 'string' },
        },
      ],
      responses: {
        '200': { description: 'The receipt.', content: { 'application/pdf': {} } },
        ...refused(downloadRefusals),
      },
    },
  };
}

export function myData(): JsonObject {
  return {
    get: {
      operationId: 'myData',
      summary: 'The archive of everything that the service keeps of the customer.',
      description:
        'The path is in the result of downloadMyData. It works once, with the access token of the same customer. The ' +
        'archive counts as downloaded when the response begins. docs/personal-data.md describes its members.',
      security: [{ accessToken: [] }],
      parameters: [
        { name: 'token', in: 'path', required: true, description: "The link's token.", schema: { type: 'string' } },
      ],
      responses: {
        '200': {
          description: 'The archive, as an attachment.',
          headers: {
            'content-disposition': { description: "The file's name, with the date.", schema: { type: 'string' } },
          },
          content: json({
            type: 'object',
            properties: {
              format: { const: archiveFormat },
              madeAt: { type: 'string', format: 'date-time' },
              profile: { type: 'object' },
            },
            required: ['format', 'madeAt', 'profile'],
            additionalProperties: { type: 'array', items: { type: 'object' } },
          }),
        },
        ...refused(downloadRefusals),
      },
    },
  };
}
