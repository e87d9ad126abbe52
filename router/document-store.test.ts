import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { knownDocuments } from './document-store.ts';

test('keeps recent documents up to a number of characters', async () => {
  const { store, find } = knownDocuments();
  const documents = Array.from({ length: 50 }, (_, number) => parse(`{ ${`a${number} `.repeat(3_000)}}`));
  const keys = documents.map((_, number) => `hash-${number}`);
  for (const [number, document] of documents.entries()) await store.set(keys[number]!, document);
  const kept = await Promise.all(keys.map(async (key) => await store.get(key)));

  expect(kept.at(-1)).toBe(documents.at(-1));
  expect(kept[0]).toBeUndefined();
  expect(documents.map(({ loc }) => find(loc!.source.body))).toEqual(kept);
  const characters = kept.reduce((sum, document) => sum + (document?.loc?.source.body.length ?? 0), 0);
  expect(characters).toBeGreaterThan(200_000);
  expect(characters).toBeLessThanOrEqual(300_000);
});
