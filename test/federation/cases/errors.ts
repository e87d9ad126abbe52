import { subgraph } from '../compose.ts';
import { type FederationCase, failing } from '../federation-case.ts';

const failed = 'DOWNSTREAM_SERVICE_ERROR';
const noNull = 'INTERNAL_SERVER_ERROR';

const found = [
  { __typename: 'Film', id: '1', title: 'Alien' },
  { __typename: 'Song', id: '2', title: 'Hey' },
  null,
  { __typename: 'Film', id: '3', title: 'Brazil' },
];

const reviews = {
  __resolveReference: ({ id }: { id: string }) => (id === '3' ? failing('Film 3 is closed.')() : { id }),
  review: failing('No review.'),
  stars: failing('No stars.'),
};

const ofEntities: FederationCase = {
  name: 'errors of entities: of a single entity, in lists, and of some types of a union',
  subgraphs: {
    found: subgraph(
      `type Query { found: [Found] films: [[Film!]] first: Found }
       union Found = Film | Song
       type Film @key(fields: "id") { id: ID! title: String! }
       type Song @key(fields: "id") { id: ID! title: String! }`,
      {
        Query: {
          found: () => [found[1], ...found],
          films: () => [null, [found[0]], [found[0], found[3]]],
          first: () => found[1],
        },
      },
    ),
    films: subgraph('type Film @key(fields: "id") { id: ID! review: String stars: Int! }', { Film: reviews }),
    songs: subgraph('type Song @key(fields: "id") { id: ID! length: Int }', {
      Song: { __resolveReference: ({ id }: { id: string }) => ({ id, length: 3 }) },
    }),
    // A reference resolver that throws at once fails the whole fetch.
    charts: subgraph('type Film @key(fields: "id") { id: ID! place: Int }', {
      Film: {
        __resolveReference: () => {
          throw new Error('No charts.');
        },
      },
    }),
  },
  operations: [
    {
      source: '{ found { ... on Film { title opinion: review } ... on Song { length } } }',
      data: {
        found: [
          { length: 3 },
          { title: 'Alien', opinion: null },
          { length: 3 },
          null,
          { title: 'Brazil', opinion: null },
        ],
      },
      errors: [
        ['No review.', ['found', 1, 'opinion'], failed],
        ['Film 3 is closed.', ['found', 4], failed],
      ],
      // The gateway also counts the songs, which it did not request.
      gateway: {
        data: {
          found: [
            { length: 3 },
            { title: 'Alien', opinion: null },
            { length: 3 },
            null,
            { title: 'Brazil', opinion: null },
          ],
        },
        errors: [
          ['No review.', ['found', 0, 'opinion'], failed],
          ['Film 3 is closed.', ['found', 1], failed],
        ],
      },
    },
    {
      source: '{ films { stars } }',
      data: { films: [null, null, null] },
      errors: [
        ['No stars.', ['films', 1, 0, 'stars'], failed],
        ['No stars.', ['films', 2, 0, 'stars'], failed],
        ['Film 3 is closed.', ['films', 2, 1], failed],
      ],
    },
    {
      source: '{ found { ... on Film { id place } } }',
      data: { found: [{}, { id: '1', place: null }, {}, null, { id: '3', place: null }] },
      errors: [
        ['No charts.', ['found', 1], failed],
        ['No charts.', ['found', 4], failed],
      ],
      gateway: {
        data: { found: [{}, { id: '1', place: null }, {}, null, { id: '3', place: null }] },
        errors: [['No charts.', ['found', '@', '_entities'], failed]],
      },
    },
    { source: '{ first { ... on Film { stars } ... on Song { title } } }', data: { first: { title: 'Hey' } } },
  ],
};

const levels: FederationCase = {
  name: 'errors and nulls: at the root, in objects and in lists, up to the first nullable field',
  subgraphs: {
    tree: subgraph(
      `type Query { tree: Tree sure: Tree! bad: Int trees: [Tree!] loose: [Tree]! }
       type Tree @key(fields: "id") { id: ID! leaf: Leaf must: Leaf! bad: String worse: String! odd: Int }
       type Leaf { bad: Int worse: Int! fine: Int }`,
      {
        Query: {
          tree: () => ({ id: '1' }),
          sure: () => ({ id: '1' }),
          bad: failing('Bad root.'),
          trees: () => [{ id: '1' }, { id: '2' }],
          loose: () => [{ id: '1' }, new Error('Bad item.'), { id: '2' }],
        },
        Tree: {
          leaf: () => ({ fine: 1 }),
          must: () => ({ fine: 1 }),
          bad: failing('Bad.'),
          worse: failing('Worse.'),
          odd: () => 'odd',
        },
        Leaf: { bad: failing('Bad leaf.'), worse: failing('Worse leaf.') },
      },
    ),
    far: subgraph('type Tree @key(fields: "id") { id: ID! far: Far! }  type Far { deep: [Int!] must: [Int!]! }', {
      Tree: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        far: ({ id }: { id: string }) => (id === '1' ? { deep: [1, null], must: [] } : { deep: [], must: [1, null] }),
      },
    }),
  },
  operations: [
    {
      source: '{ tree { leaf { bad fine } bad } again: bad }',
      data: { tree: { leaf: { bad: null, fine: 1 }, bad: null }, again: null },
      errors: [
        ['Bad leaf.', ['tree', 'leaf', 'bad'], failed],
        ['Bad.', ['tree', 'bad'], failed],
        ['Bad root.', ['again'], failed],
      ],
    },
    {
      source: '{ tree { id leaf { fine worse } } loose { id must { worse } } }',
      data: { tree: { id: '1', leaf: null }, loose: [null, null, null] },
      errors: [
        ['Worse leaf.', ['tree', 'leaf', 'worse'], failed],
        ['Worse leaf.', ['loose', 0, 'must', 'worse'], failed],
        ['Bad item.', ['loose', 1], failed],
        ['Worse leaf.', ['loose', 2, 'must', 'worse'], failed],
      ],
    },
    {
      source: '{ trees { far { deep must } } }',
      data: { trees: null },
      errors: [
        ['Cannot return null for non-nullable field Far.deep.', ['trees', 0, 'far', 'deep', 1], failed],
        ['Cannot return null for non-nullable field Far.must.', ['trees', 1, 'far', 'must', 1], failed],
      ],
    },
    {
      source: '{ sure { must { fine worse } } }',
      data: null,
      errors: [['Worse leaf.', ['sure', 'must', 'worse'], failed]],
    },
    {
      source: '{ tree { odd } }',
      data: { tree: { odd: null } },
      errors: [['Int cannot represent non-integer value: "odd"', ['tree', 'odd'], failed]],
    },
  ],
};

const strict: FederationCase = {
  name: 'nulls: a subgraph does not know an entity in a non-null field',
  subgraphs: {
    shop: subgraph(
      `type Query { item: Item items: [Item!] maybe: [Item] }
       type Item @key(fields: "id") { id: ID! inner: Item! }`,
      {
        Query: { item: () => ({ id: '1' }), items: () => [{ id: '1' }], maybe: () => [{ id: '1' }, { id: '2' }] },
        Item: { inner: ({ id }: { id: string }) => ({ id }), __resolveReference: (item: object) => item },
      },
    ),
    stock: subgraph('type Item @key(fields: "id") { id: ID! count: Int! }', {
      Item: { __resolveReference: ({ id }: { id: string }) => (id === '1' ? null : { id, count: 0 }) },
    }),
  },
  operations: [
    {
      source: '{ item { inner { inner { count } } } items { count } maybe { inner { count } } }',
      data: { item: null, items: null, maybe: [null, { inner: { count: 0 } }] },
      errors: [
        ['Cannot return null for non-nullable field Item.count.', ['item', 'inner', 'inner', 'count'], noNull],
        ['Cannot return null for non-nullable field Item.count.', ['items', 0, 'count'], noNull],
        ['Cannot return null for non-nullable field Item.count.', ['maybe', 0, 'inner', 'count'], noNull],
      ],
    },
  ],
};

export const errorCases: readonly FederationCase[] = [ofEntities, levels, strict];
