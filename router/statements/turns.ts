import { fault } from '#platform/errors/faults.ts';
import { OpenCounts } from '../open-counts.ts';
import type { SetHeader } from '../rate-limits/rate-limits.ts';

export interface TurnRules {
  readonly statementsPerCustomer: number;
  readonly statementsAtOnce: number;
}

/** A statement usually takes less. */
const retryAfterS = 5;

/** Bounds how many statements are read at the same time: each keeps the router and three subgraphs busy until its end. */
export class StatementTurns {
  readonly #rules: TurnRules;
  readonly #customers: OpenCounts;
  #open = 0;

  constructor(rules: TurnRules) {
    this.#rules = rules;
    this.#customers = new OpenCounts(rules.statementsPerCustomer);
  }

  /**
   * Counts a statement of this customer until the returned function is called.
   *
   * @throws RATE_LIMITED where the customer reads too many, SERVICE_UNAVAILABLE where all together do; with the time
   * to wait.
   */
  enter(customerId: string, tell: SetHeader): () => void {
    const { statementsPerCustomer, statementsAtOnce } = this.#rules;
    if (this.#open >= statementsAtOnce) {
      tell('retry-after', String(retryAfterS));
      throw fault(
        'SERVICE_UNAVAILABLE',
        `Too many statements are being downloaded. Try again in ${retryAfterS} seconds.`,
      );
    }
    const leave = this.#customers.enter(customerId);
    if (leave === null) {
      tell('retry-after', String(retryAfterS));
      throw fault(
        'RATE_LIMITED',
        `You are already downloading ${statementsPerCustomer} statements. Try again in ${retryAfterS} seconds.`,
      );
    }
    this.#open += 1;
    return () => {
      this.#open -= 1;
      leave();
    };
  }
}
