import { fault } from '#platform/errors/faults.ts';
import { OpenCounts } from '../open-counts.ts';
import type { SetHeader } from '../rate-limits/rate-limits.ts';

interface TurnRules {
  readonly statementsPerCustomer: number;
  readonly statementsAtOnce: number;
}

/** Most statements take less. */
const retryAfterS = 5;

/** Bounds the number of concurrent statements: each occupies the router and three subgraphs. */
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
   * @throws RATE_LIMITED if the customer downloads too many, SERVICE_UNAVAILABLE if all customers together do. Sets
   *   `Retry-After`.
   */
  enter(customerId: string, setHeader: SetHeader): () => void {
    const { statementsPerCustomer, statementsAtOnce } = this.#rules;
    if (this.#open >= statementsAtOnce) {
      setHeader('retry-after', String(retryAfterS));
      throw fault(
        'SERVICE_UNAVAILABLE',
        `Too many statements are being downloaded. Try again in ${retryAfterS} seconds.`,
      );
    }
    const leave = this.#customers.enter(customerId);
    if (leave === null) {
      setHeader('retry-after', String(retryAfterS));
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
