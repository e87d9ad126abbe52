import { describe, expect, test } from '@jest/globals';
import { readSequenceDiagram } from './sequence.ts';

const begin = 'sequenceDiagram\n  autonumber\n  actor client\n  participant order as order<br/>subgraph\n';

describe('a sequence diagram', () => {
  test('is its participants and their messages, in their order', () => {
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
    ['is another diagram', 'flowchart LR\n', 'does not begin with "flowchart LR"'],
    ['has a line that would go unread', `${begin}  loop forever\n`, '"loop forever" cannot be read'],
    ['has a stranger in it', `${begin}  client->>billing: pay\n`, 'participants that are not there'],
  ])('is refused where it %s', (_, source, fault) => {
    expect(() => readSequenceDiagram(source)).toThrow(fault);
  });
});
