import { parseArgs } from 'node:util';
import { z } from 'zod';
import { StartFault } from '#local/start-fault.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { rows } from './rows.ts';

const wholeNumber = z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1));

const optionShape = z.object({
  orders: wholeNumber.prefault('800'),
  kills: wholeNumber.prefault('1'),
  seed: wholeNumber.prefault(() => String(1 + Math.floor(Math.random() * 1_000_000))),
  queue: z.enum(['redis', 'postgres']).default('postgres'),
  only: z.array(z.enum(rows.map(({ name }) => name))).optional(),
  output: z.string().min(1).optional(),
});

/**
 * Parses the command's options.
 *
 * @throws StartFault if an option is invalid.
 */
export function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        orders: { type: 'string' },
        kills: { type: 'string' },
        seed: { type: 'string' },
        queue: { type: 'string' },
        only: { type: 'string', multiple: true },
        output: { type: 'string' },
      },
    });
    return optionShape.parse(values);
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : errorText(cause);
    throw new StartFault(
      `prove [--orders n] [--kills n] [--seed n] [--queue redis|postgres] [--only row]…\n${reason}`,
      {
        cause,
      },
    );
  }
}
