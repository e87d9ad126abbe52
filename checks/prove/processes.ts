import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PlannedFault } from '#platform/process/fault-points.ts';
import { waitFor } from './wait.ts';

export interface ProcessPlan {
  readonly name: string;
  readonly entry: URL;
  readonly environment: NodeJS.ProcessEnv;
  readonly origin: string;
  /** Where it answers operators. */
  readonly management: string;
}

const readyWithinMs = 60_000;
const restartMs = 100;
const stopDeadlineMs = 25_000;

/** A process of the system, which is started again whenever it ends, as Kubernetes would. */
export class KeptProcess {
  readonly name: string;
  readonly origin: string;
  readonly management: string;
  readonly #plan: ProcessPlan;
  readonly #output: number;
  #child: ChildProcess | null = null;
  #wanted = false;
  #settings: NodeJS.ProcessEnv = {};
  #fault = '';
  #ends = 0;
  readonly #endsUnder = new Map<string, number>();

  constructor(plan: ProcessPlan, output: number) {
    this.name = plan.name;
    this.origin = plan.origin;
    this.management = plan.management;
    this.#plan = plan;
    this.#output = output;
  }

  /** How often it has ended, for whatever reason. */
  get ends(): number {
    return this.#ends;
  }

  /** Starts it with these settings beside its own, and again after each end; resolves when it can work. */
  async start(settings: NodeJS.ProcessEnv = {}): Promise<void> {
    this.#settings = settings;
    this.#wanted = true;
    if (this.#child === null) this.#spawn();
    await this.ready();
  }

  /** How often it has ended while this fault was planned for it. */
  endsUnder(fault: Partial<PlannedFault>): number {
    return this.#endsUnder.get(JSON.stringify(fault)) ?? 0;
  }

  /** Whether a fault is planned for the process that runs now. */
  get hasFault(): boolean {
    return this.#fault !== '';
  }

  async ready(): Promise<void> {
    await waitFor(`${this.name} to be ready`, async () => (await this.readiness()) === 200, readyWithinMs);
  }

  /** The status of `/health/ready`; 0 where nobody answers. */
  async readiness(): Promise<number> {
    try {
      const response = await fetch(`${this.management}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  /** False where it does not run just now. */
  signal(signal: NodeJS.Signals): boolean {
    return this.#child?.kill(signal) ?? false;
  }

  /** Whether it was told to stand still. */
  isStopped(): boolean {
    return this.#shown('stat').startsWith('T');
  }

  /** What it holds of the machine's memory; 0 where it does not run just now. */
  memoryMb(): number {
    return Number(this.#shown('rss')) / 1_024;
  }

  #shown(column: 'stat' | 'rss'): string {
    if (this.#child === null) return '';
    return spawnSync('ps', ['-o', `${column}=`, '-p', String(this.#child.pid)], { encoding: 'utf8' }).stdout.trim();
  }

  /** Plans a fault for the next start; none ends the planning. */
  plan(fault: Partial<PlannedFault> | null): void {
    this.#settings = fault === null ? {} : { FAULT_POINT: JSON.stringify(fault) };
  }

  /** Ends it at once and starts it with other settings. */
  async restart(settings: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.crash();
    await this.start(settings);
  }

  /** Ends it at once, for good until it is started. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to end, and waits until it has. Returns its exit code; null where it had to be killed. */
  async stop(): Promise<number | null> {
    return await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    this.#wanted = false;
    const child = this.#child;
    if (child === null) return 0;
    const exit = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    const deadline = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
    await exit;
    clearTimeout(deadline);
    return child.exitCode;
  }

  #spawn(): void {
    const { entry, environment } = this.#plan;
    const child = spawn(process.execPath, [fileURLToPath(entry)], {
      env: { ...environment, ...this.#settings },
      stdio: ['ignore', this.#output, this.#output, 'ipc'],
      detached: true,
    });
    this.#child = child;
    this.#fault = this.#settings['FAULT_POINT'] ?? '';
    child.once('exit', () => {
      this.#child = null;
      this.#ends += 1;
      this.#endsUnder.set(this.#fault, (this.#endsUnder.get(this.#fault) ?? 0) + 1);
      void this.#startAgain();
    });
  }

  async #startAgain(): Promise<void> {
    await delay(restartMs);
    if (this.#wanted && this.#child === null) this.#spawn();
  }
}
