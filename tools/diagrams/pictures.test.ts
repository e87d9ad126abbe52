import { describe, expect, test } from '@jest/globals';
import { pictureFaults, readDiagrams, sourceMark } from './pictures.ts';

const diagram = {
  name: 'way',
  source: 'sequenceDiagram\n  client->>order: place\n',
  picture: new URL('file:///way.svg'),
};

describe('a picture', () => {
  test('is there for each of the four ways, and of its diagram', () => {
    const diagrams = readDiagrams();

    expect(diagrams.map(({ name }) => name)).toEqual([
      'as-built',
      'event-collaboration',
      'http-and-broker',
      'http-only',
    ]);
    expect(pictureFaults(diagrams)).toEqual([]);
  });

  test('is let through where it is of its diagram', () => {
    expect(pictureFaults([diagram], () => `<svg ${sourceMark(diagram.source)}>`)).toEqual([]);
  });

  test.each<readonly [string, string | null]>([
    ['is missing', null],
    ['is of what the diagram was', `<svg ${sourceMark('sequenceDiagram\n')}>`],
    ['does not say what it is of', '<svg>'],
  ])('is refused where it %s', (_, picture) => {
    expect(pictureFaults([diagram], () => picture)).toEqual(['the picture of way is not of its diagram']);
  });
});
