import { subgraph } from '../compose.ts';
import { type FederationCase, failing } from '../federation-case.ts';

/** The actions of the subgraphs, in order. Each operation begins with `start`, which clears the list. */
const done: string[] = [];

function step(_: unknown, { name }: { name: string }) {
  done.push(name);
  return { id: name, done: done.join() };
}

function start() {
  done.length = 0;
  return 0;
}

const inOrder: FederationCase = {
  name: 'mutations: serial execution across subgraphs, and after failures',
  subgraphs: {
    left: subgraph(
      `type Query { log: [String!] }
       type Mutation { start: Int left(name: ID!): Step failed: Step }
       type Step @key(fields: "id") { id: ID! done: String! @shareable }`,
      { Query: { log: () => done }, Mutation: { start, left: step, failed: failing('Not done.') } },
    ),
    right: subgraph(
      `type Mutation { right(name: ID!): Step sure: Step! }
       type Step @key(fields: "id") { id: ID! done: String! @shareable after: String! }`,
      {
        Mutation: { right: step, sure: failing('Not done either.') },
        Step: { __resolveReference: ({ id }: { id: string }) => ({ id, done: '' }), after: () => done.join() },
      },
    ),
  },
  operations: [
    {
      source:
        'mutation ($name: ID!) { start a: left(name: "a") { done } b: right(name: $name) { done } c: right(name: "c") { done } d: left(name: "d") { done } }',
      variables: { name: 'b' },
      data: { start: 0, a: { done: 'a' }, b: { done: 'a,b' }, c: { done: 'a,b,c' }, d: { done: 'a,b,c,d' } },
    },
    {
      source: 'mutation { start failed { id } right(name: "r") { done } left(name: "l") { done } }',
      data: { start: 0, failed: null, right: { done: 'r' }, left: { done: 'r,l' } },
      errors: [['Not done.', ['failed'], 'DOWNSTREAM_SERVICE_ERROR']],
    },
    {
      source: 'mutation { start left(name: "l") { after done } right(name: "r") { done after } __typename }',
      data: { start: 0, left: { after: 'l', done: 'l' }, right: { done: 'l,r', after: 'l,r' }, __typename: 'Mutation' },
    },
    {
      source: 'mutation { start sure { id } left(name: "l") { done } }',
      data: null,
      errors: [['Not done either.', ['sure'], 'DOWNSTREAM_SERVICE_ERROR']],
    },
    { source: '{ log }', data: { log: ['l'] } },
  ],
};

export const mutationCases: readonly FederationCase[] = [inOrder];
