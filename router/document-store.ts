import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

/**
 * The bounds of the store. Each document carries everything that the router derives from it (parsed, planned, prepared),
 * about two hundred bytes per character.
 */
const bounds = { documents: 2_000, characters: 300_000 };

export interface KnownDocuments {
  /** For Apollo Server, which stores valid documents by the hash of their texts. */
  readonly store: DocumentStore;
  /** Returns the stored document with this text. */
  readonly find: (text: string) => DocumentNode | undefined;
}

/** Caches recent documents. Apollo Server's own store measures only a part of the memory that they take. */
export function knownDocuments(): KnownDocuments {
  const keys = new Map<string, string>();
  const documents = new LRUCache<string, DocumentNode>({
    max: bounds.documents,
    maxSize: bounds.characters,
    sizeCalculation: (document) => Math.max(1, textOf(document).length),
    dispose: (document) => keys.delete(textOf(document)),
  });
  return {
    store: {
      get: async (key) => documents.get(key),
      set: async (key, document) => {
        documents.set(key, document);
        if (documents.has(key)) keys.set(textOf(document), key);
      },
      delete: async (key) => documents.delete(key),
    },
    find: (text) => {
      const key = keys.get(text);
      return key === undefined ? undefined : documents.get(key);
    },
  };
}

function textOf({ loc }: DocumentNode): string {
  return loc?.source.body ?? '';
}
