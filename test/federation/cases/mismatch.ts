import { subgraph } from '../compose.ts';
import { type FederationCase, failing, oneOf } from '../federation-case.ts';

const answers = [
  { __typename: 'Yes', id: 'y', value: true, list: ['a'], deep: { value: 0 } },
  { __typename: 'No', id: 'n', value: 0, list: 'none', deep: { value: '' } },
  { __typename: 'No', id: 'm', value: 7, list: '', deep: null },
];

const aliased: FederationCase = {
  name: 'aliased fields with one name but a different type in each type of a union',
  subgraphs: {
    answers: subgraph(
      `type Query { answers: [Answer] questions: [Question!] }
       union Answer = Yes | No
       type Question @key(fields: "id") { id: ID! }
       type Yes @key(fields: "id") { id: ID! value: Boolean list: [String!]! deep: DeepYes }
       type No @key(fields: "id") { id: ID! value: Int list: String! deep: DeepNo }
       type DeepYes { value: Int! }
       type DeepNo { value: String! }`,
      { Query: { answers: () => answers, questions: () => [{ id: 'q' }] } },
    ),
    more: subgraph(
      `type Question @key(fields: "id") { id: ID! best: Answer all: [Answer] }
       union Answer = Yes | No
       type Yes @key(fields: "id") { id: ID! sure: Boolean }
       type No @key(fields: "id") { id: ID! sure: Int }`,
      {
        Question: { __resolveReference: ({ id }: { id: string }) => ({ id, best: answers[0], all: answers }) },
        Yes: { ...oneOf(answers, 'id'), sure: () => false },
        No: { ...oneOf(answers, 'id'), sure: () => 0 },
      },
    ),
  },
  operations: [
    {
      source:
        '{ answers { ... on Yes { value list deep { yes: value } } ... on No { no: value text: list deep { no: value } } } }',
      data: {
        answers: [
          { value: true, list: ['a'], deep: { yes: 0 } },
          { no: 0, text: 'none', deep: { no: '' } },
          { no: 7, text: '', deep: null },
        ],
      },
    },
    {
      source:
        '{ questions { all { ... on Yes { sure } ... on No { number: sure id } } best { ... on Yes { sure } } } }',
      data: {
        questions: [{ all: [{ sure: false }, { number: 0, id: 'n' }, { number: 0, id: 'm' }], best: { sure: false } }],
      },
    },
  ],
};

const pets = [
  { __typename: 'Dog', id: 'd', age: 0, good: false, name: '', friend: { __typename: 'Cat', id: 'c', age: 3 } },
  { __typename: 'Cat', id: 'c', age: 0, good: false, name: '', friend: null },
  { __typename: 'Cat', id: 'e', age: 2, good: null, name: 'Kit', friend: { __typename: 'Dog', id: 'd', age: 0 } },
];

const distributed: FederationCase = {
  name: 'fields of an interface that have a different type in each type of a union',
  subgraphs: {
    pets: subgraph(
      `type Query { pets: [Pet!]! }
       union Pet = Dog | Cat
       type Dog @key(fields: "id") { id: ID! age: Int! good: Boolean! name: String! friend: Pet! }
       type Cat @key(fields: "id") { id: ID! age: Int good: Boolean name: String friend: Pet }`,
      { Query: { pets: () => pets } },
    ),
    toys: subgraph(
      `interface Animal { id: ID! age: Int good: Boolean name: String toys: [String!] }
       type Dog implements Animal @key(fields: "id") {
         id: ID! age: Int! @external good: Boolean! @external name: String! @external toys: [String!]!
       }
       type Cat implements Animal @key(fields: "id") {
         id: ID! age: Int @external good: Boolean @external name: String @external toys: [String!]
       }`,
      {
        Dog: { ...oneOf(pets, 'id'), toys: () => [] },
        Cat: { ...oneOf(pets, 'id'), toys: ({ id }: { id: string }) => (id === 'c' ? ['ball'] : null) },
      },
    ),
  },
  operations: [
    {
      source: '{ pets { ... on Animal { age good name toys } } }',
      data: {
        pets: [
          { age: 0, good: false, name: '', toys: [] },
          { age: 0, good: false, name: '', toys: ['ball'] },
          { age: 2, good: null, name: 'Kit', toys: null },
        ],
      },
      // The gateway loses a renamed value that is 0, false or empty text.
      gateway: {
        data: {
          pets: [
            { age: 0, good: false, name: '', toys: [] },
            { age: null, good: null, name: null, toys: ['ball'] },
            { age: 2, good: null, name: 'Kit', toys: null },
          ],
        },
      },
    },
    {
      source:
        '{ pets { ... on Animal { years: age } ... on Cat { friend { ... on Animal { age toys } } } ... on Dog { pal: friend { ... on Animal { toys age } } } } }',
      data: {
        pets: [
          { years: 0, pal: { toys: ['ball'], age: 3 } },
          { years: 0, friend: null },
          { years: 2, friend: { age: 0, toys: [] } },
        ],
      },
      gateway: {
        data: {
          pets: [
            { years: 0, pal: { toys: ['ball'], age: 3 } },
            { years: null, friend: null },
            { years: 2, friend: { age: 0, toys: [] } },
          ],
        },
      },
    },
  ],
};

const failed = 'DOWNSTREAM_SERVICE_ERROR';

const renamed: FederationCase = {
  name: 'errors of fields that the plan renames, and of fields that every type has',
  subgraphs: {
    pets: subgraph(
      `type Query { pets: [Pet!]! }
       union Pet = Dog | Cat
       type Dog @key(fields: "id") { id: ID! age: Int! }
       type Cat @key(fields: "id") { id: ID! age: Int }`,
      {
        Query: {
          pets: () => [
            { __typename: 'Dog', id: 'd', age: 1 },
            { __typename: 'Cat', id: 'c' },
          ],
        },
        Cat: { age: failing('No age.') },
      },
    ),
    names: subgraph(
      `interface Animal { age: Int toString: String }
       scalar Any
       type Dog implements Animal @key(fields: "id") { id: ID! age: Int! @external toString: String! constructor: Any }
       type Cat implements Animal @key(fields: "id") { id: ID! age: Int @external toString: String valueOf: Any! }`,
      {
        Dog: oneOf([{ id: 'd', toString: 'Rex', constructor: { a: 1 } }], 'id'),
        Cat: { __resolveReference: failing('No cats.') },
      },
    ),
  },
  operations: [
    {
      source: '{ pets { ... on Animal { age toString } } }',
      data: {
        pets: [
          { age: 1, toString: 'Rex' },
          { age: null, toString: null },
        ],
      },
      errors: [
        ['No age.', ['pets', 1, 'age'], failed],
        ['No cats.', ['pets', 1], failed],
      ],
      gateway: {
        data: {
          pets: [
            { age: 1, toString: 'Rex' },
            { age: null, toString: null },
          ],
        },
        // The plan chose this name.
        errors: [
          ['No age.', ['pets', 1, 'age__alias_0'], failed],
          ['No cats.', ['pets', 1], failed],
        ],
      },
    },
    {
      source: '{ pets { ... on Dog { constructor } ... on Cat { toString } } }',
      data: { pets: [{ constructor: { a: 1 } }, { toString: null }] },
      errors: [['No cats.', ['pets', 1], failed]],
    },
    {
      source: '{ pets { ... on Cat { valueOf } } }',
      data: null,
      errors: [['No cats.', ['pets', 1], failed]],
      gateway: { data: null, errors: [['No cats.', ['pets', 0], failed]] },
    },
  ],
};

export const mismatchCases: readonly FederationCase[] = [aliased, distributed, renamed];
