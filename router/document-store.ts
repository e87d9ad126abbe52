import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

/**
 * The bounds of the store. Each document carries everything that the router derives from it (parsed, planned, prepared),
 * about two hundred bytes per character.
 */
const bounds = { documents: 2_000, characters: 300_000 };

/** Caches recent documents. Apollo Server's own store measures only a part of the memory that they take. */
export function documentStore(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    max: bounds.documents,
    maxSize: bounds.characters,
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
