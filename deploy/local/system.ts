import { type PartProcess, type PartProcessOptions, runPart } from './part-process.ts';
import type { Part, PartName } from './parts.ts';

export interface System {
  /** Resolves when every part is ready; rejects if a part ends before that. */
  readonly ready: Promise<void>;
  readonly processes: ReadonlyMap<PartName, PartProcess>;
  /** Stops the router first, so that no new requests arrive, then the other parts. */
  readonly stop: () => Promise<void>;
}

/** Runs all parts, each in a process of its own. */
export function startSystem(parts: readonly Part[], options: PartProcessOptions): System {
  const processes = new Map(parts.map((part) => [part.name, runPart(part, options)]));
  return {
    ready: Promise.all([...processes.values()].map(async ({ ready }) => await ready)).then(() => undefined),
    processes,
    stop: async () => {
      await processes.get('router')?.stop();
      await Promise.all([...processes.values()].map(async ({ stop }) => await stop()));
    },
  };
}
