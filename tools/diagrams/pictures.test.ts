import { describe, expect, test } from '@jest/globals';
import { pictureFaults, readDiagrams, sourceMark } from './pictures.ts';

const diagram = {
  name: 'example',
  source: 'sequenceDiagram\n  client->>order: place\n',
  picture: new URL('file:///example.svg'),
};

describe('a picture', () => {
  test('exists for each of the four diagrams and matches it', () => {
    const diagrams = readDiagrams();

    expect(diagrams.map(({ name }) => name)).toEqual([
      'as-built',
      'event-collaboration',
      'http-and-broker',
      'http-only',
    ]);
    expect(pictureFaults(diagrams)).toEqual([]);
  });

  test('is accepted if it matches its diagram', () => {
    expect(pictureFaults([diagram], () => `<svg ${sourceMark(diagram.source)}>`)).toEqual([]);
  });

  test.each<readonly [string, string | null]>([
    ['is missing', null],
    ['matches an earlier version of the diagram', `<svg ${sourceMark('sequenceDiagram\n')}>`],
    ['does not name its diagram', '<svg>'],
  ])('is refused if it %s', (_, picture) => {
    expect(pictureFaults([diagram], () => picture)).toEqual(['the picture of example does not match its diagram']);
  });
});
