import { describe, expect, test } from '@jest/globals';
import { readSequenceDiagram } from './sequence.ts';

const begin = 'sequenceDiagram\n  autonumber\n  actor client\n  participant order as order<br/>subgraph\n';

describe('a sequence diagram', () => {
  test('is read as its participants and messages, in order', () => {
    const source = `${begin}  client->>order: place<br/>it\n  order-->>client: PENDING\n  order-)client: PAID\n`;

    expect(readSequenceDiagram(source)).toEqual({
      participants: ['client', 'order subgraph'],
      messages: [
        { kind: 'step', from: 'client', to: 'order subgraph', text: 'place it' },
        { kind: 'answer', from: 'order subgraph', to: 'client', text: 'PENDING' },
        { kind: 'hint', from: 'order subgraph', to: 'client', text: 'PAID' },
      ],
    });
  });

  test.each([
    ['is of another type', 'flowchart LR\n', 'does not begin with "flowchart LR"'],
    ['has an unsupported line', `${begin}  loop forever\n`, '"loop forever" cannot be read'],
    ['has an unknown participant', `${begin}  client->>billing: pay\n`, 'participants that are not declared'],
  ])('is refused if it %s', (_, source, fault) => {
    expect(() => readSequenceDiagram(source)).toThrow(fault);
  });
});
