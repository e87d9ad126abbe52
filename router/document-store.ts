import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

/**
 * So many documents, with so many characters together. With each goes all that the router has made of it: parsed, planned
 * and ready to be executed it takes some two hundred bytes for each of its characters.
 */
const remembered = { documents: 2_000, characters: 300_000 };

/** What was asked lately, to be executed again. Apollo Server's own store counts less than what is kept. */
export function documentStore(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    max: remembered.documents,
    maxSize: remembered.characters,
    sizeCalculation: ({ loc }) => loc?.source.body.length ?? 1,
  });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => {
      documents.set(key, document);
    },
    delete: async (key) => documents.delete(key),
  };
}
