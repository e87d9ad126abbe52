import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { everyPortSetting } from '#local/parts.ts';
import { type Command, runFile } from './command.ts';
import { freePorts } from './free-ports.ts';

const portNames = [...everyPortSetting, 'POSTGRES_PORT'];

/** The data folder and the free ports of one test, and a function that runs a program until the test ends. */
export interface Commands {
  readonly folder: string;
  /** Port settings by name. */
  readonly ports: Readonly<Record<string, string>>;
  readonly run: (file: string, settings: NodeJS.ProcessEnv) => Command;
}

/** Gives each test of a file a folder and ports of its own, and stops its programs after it. */
export function beforeEachCommand(assign: (commands: Commands) => void): void {
  let folder: string;
  let running: Command[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-start-'));
    chmodSync(folder, 0o755);
    const free = await freePorts(portNames.length);
    running = [];
    const run = (file: string, settings: NodeJS.ProcessEnv) => {
      const command = runFile(file, settings);
      running.push(command);
      return command;
    };
    const ports = Object.fromEntries(portNames.map((name, index) => [name, String(free[index])]));
    assign({ folder, ports, run });
  });

  afterEach(async () => {
    for (const command of running) command.kill('SIGTERM');
    await Promise.all(running.map(async ({ exit }) => await exit));
    rmSync(folder, { recursive: true });
  });
}

/** @returns whether a request gets this status. */
export async function statusOf(url: string, expected: number): Promise<boolean> {
  try {
    return (await fetch(url)).status === expected;
  } catch {
    return false;
  }
}

/** @returns a server that listens on a free port. */
export async function listening(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
