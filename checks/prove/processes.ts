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
  /** The origin of its management port. */
  readonly management: string;
}

const readyWithinMs = 60_000;
const restartMs = 100;
const stopDeadlineMs = 25_000;

/** A process of the system that is restarted whenever it exits, as Kubernetes would do. */
export class SupervisedProcess {
  readonly name: string;
  readonly origin: string;
  readonly management: string;
  readonly #plan: ProcessPlan;
  readonly #output: number;
  #child: ChildProcess | null = null;
  #shouldRun = false;
  #settings: NodeJS.ProcessEnv = {};
  #plannedFault: NodeJS.ProcessEnv = {};
  #fault = '';
  #exits = 0;
  readonly #exitsWithFault = new Map<string, number>();

  constructor(plan: ProcessPlan, output: number) {
    this.name = plan.name;
    this.origin = plan.origin;
    this.management = plan.management;
    this.#plan = plan;
    this.#output = output;
  }

  /** Number of exits, for any reason. */
  get exits(): number {
    return this.#exits;
  }

  /** Starts it with these additional settings, and restarts it after each exit; resolves when it is ready. */
  async start(settings: NodeJS.ProcessEnv = {}): Promise<void> {
    this.#settings = settings;
    this.#plannedFault = {};
    this.#shouldRun = true;
    if (this.#child === null) this.#spawn();
    await this.ready();
  }

  /** Number of exits while this fault was planned. */
  exitsWithFault(fault: Partial<PlannedFault>): number {
    return this.#exitsWithFault.get(JSON.stringify(fault)) ?? 0;
  }

  /** Whether a fault is planned for the current process. */
  get hasFault(): boolean {
    return this.#fault !== '';
  }

  async ready(): Promise<void> {
    await waitFor(`${this.name} to be ready`, async () => (await this.readiness()) === 200, readyWithinMs);
  }

  /** The status of `/health/ready`; 0 if it does not answer. */
  async readiness(): Promise<number> {
    return await this.#statusOf('/health/ready');
  }

  /** The status of `/health/live`; 0 if it does not answer. */
  async liveness(): Promise<number> {
    return await this.#statusOf('/health/live');
  }

  async #statusOf(path: string): Promise<number> {
    try {
      const response = await fetch(`${this.management}${path}`, { signal: AbortSignal.timeout(5_000) });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  /** @returns false if it is not running. */
  signal(signal: NodeJS.Signals): boolean {
    return this.#child?.kill(signal) ?? false;
  }

  /** Whether it is suspended by SIGSTOP. */
  isStopped(): boolean {
    return this.#psColumn('stat').startsWith('T');
  }

  /** Its resident memory; 0 if it is not running. */
  memoryMb(): number {
    return Number(this.#psColumn('rss')) / 1_024;
  }

  #psColumn(column: 'stat' | 'rss'): string {
    if (this.#child === null) return '';
    return spawnSync('ps', ['-o', `${column}=`, '-p', String(this.#child.pid)], { encoding: 'utf8' }).stdout.trim();
  }

  /** Plans a fault for the next start in addition to its settings; null clears the plan. */
  planFault(fault: Partial<PlannedFault> | null): void {
    this.#plannedFault = fault === null ? {} : { FAULT_POINT: JSON.stringify(fault) };
  }

  /** Kills it and starts it with other settings. */
  async restart(settings: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.crash();
    await this.start(settings);
  }

  /** Kills it; it stays down until `start`. */
  async crash(): Promise<void> {
    await this.#terminate('SIGKILL');
  }

  /** Sends SIGTERM and waits for the exit. @returns the exit code, or null if it had to be killed. */
  async stop(): Promise<number | null> {
    return await this.#terminate('SIGTERM');
  }

  async #terminate(signal: NodeJS.Signals): Promise<number | null> {
    this.#shouldRun = false;
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
    const env: NodeJS.ProcessEnv = { ...environment, ...this.#settings, ...this.#plannedFault };
    const child = spawn(process.execPath, [fileURLToPath(entry)], {
      env,
      stdio: ['ignore', this.#output, this.#output, 'ipc'],
      detached: true,
    });
    this.#child = child;
    this.#fault = env['FAULT_POINT'] ?? '';
    child.once('exit', () => {
      this.#child = null;
      this.#exits += 1;
      this.#exitsWithFault.set(this.#fault, (this.#exitsWithFault.get(this.#fault) ?? 0) + 1);
      void this.#restart();
    });
  }

  async #restart(): Promise<void> {
    await delay(restartMs);
    if (this.#shouldRun && this.#child === null) this.#spawn();
  }
}
