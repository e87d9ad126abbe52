import { subgraph } from '../compose.ts';
import { type FederationCase } from '../federation-case.ts';

type Cell = { id: string };

const grid: FederationCase = {
  name: 'nested lists: of entities, of abstract types and of scalars, with nulls and empty lists',
  subgraphs: {
    boards: subgraph(
      `type Query { board: Board boards: [[Board]] }
       type Board @key(fields: "id") { id: ID! cells: [[Cell]]! strict: [[Cell!]!] pieces: [[[Piece]]] numbers: [[Int]!] }
       type Cell @key(fields: "id") { id: ID! }
       union Piece = Cell | Stone
       type Stone { id: ID! }`,
      {
        Query: { board: () => ({ id: '1' }), boards: () => [[{ id: '1' }, null], null, []] },
        Board: {
          cells: () => [[{ id: 'a' }, null], [], null, [{ id: 'gone' }, { id: 'b' }]],
          strict: () => [[{ id: 'a' }], [{ id: 'a' }, { id: 'gone' }]],
          pieces: () => [
            [
              [
                { __typename: 'Stone', id: 's' },
                { __typename: 'Cell', id: 'a' },
              ],
              [],
            ],
            null,
            [[null]],
          ],
          numbers: () => [[1, null, 0], []],
        },
      },
    ),
    colours: subgraph('type Cell @key(fields: "id") { id: ID! colour: String! note: String near: [[Cell!]] }', {
      Cell: {
        __resolveReference: ({ id }: Cell) => (id === 'gone' ? null : { id }),
        colour: ({ id }: Cell) => `colour ${id}`,
        near: ({ id }: Cell) => [[{ id }], null],
      },
    }),
  },
  operations: [
    {
      source: '{ board { cells { id note } numbers } }',
      data: {
        board: {
          cells: [
            [{ id: 'a', note: null }, null],
            [],
            null,
            [
              { id: 'gone', note: null },
              { id: 'b', note: null },
            ],
          ],
          numbers: [[1, null, 0], []],
        },
      },
    },
    {
      source: '{ board { cells { colour } } }',
      data: { board: { cells: [[{ colour: 'colour a' }, null], [], null, [null, { colour: 'colour b' }]] } },
      errors: [
        [
          'Cannot return null for non-nullable field Cell.colour.',
          ['board', 'cells', 3, 0, 'colour'],
          'INTERNAL_SERVER_ERROR',
        ],
      ],
    },
    {
      source: '{ board { strict { colour } id } }',
      data: { board: { strict: null, id: '1' } },
      errors: [
        [
          'Cannot return null for non-nullable field Cell.colour.',
          ['board', 'strict', 1, 1, 'colour'],
          'INTERNAL_SERVER_ERROR',
        ],
      ],
    },
    {
      source:
        '{ board { pieces { ... on Cell { colour near { near { colour } } } ... on Stone { id } } } boards { numbers id } }',
      data: {
        board: {
          pieces: [
            [[{ id: 's' }, { colour: 'colour a', near: [[{ near: [[{ colour: 'colour a' }], null] }], null] }], []],
            null,
            [[null]],
          ],
        },
        boards: [[{ numbers: [[1, null, 0], []], id: '1' }, null], null, []],
      },
    },
  ],
};

export const listCases: readonly FederationCase[] = [grid];
