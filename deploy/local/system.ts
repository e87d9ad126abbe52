import { type PartProcess, type PartProcessOptions, runPart } from './part-process.ts';
import type { Part, PartName } from './parts.ts';

export interface System {
  /** Settles when every part can work; rejects where one ended before. */
  readonly ready: Promise<void>;
  readonly processes: ReadonlyMap<PartName, PartProcess>;
  /** Ends the router first, so that nothing new comes in, then the others. */
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
