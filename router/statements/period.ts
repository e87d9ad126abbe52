import { z } from 'zod';
import { fault } from '#platform/errors/faults.ts';
import { now } from '#platform/process/clock.ts';
import { checkPeriod } from '#platform/validation/ranges.ts';
import { dateTimeScalar } from '#platform/graphql/scalars.ts';

/** The parameters of `GET /statements/…`: times in the graph's format, both inclusive. */
export const period = z.strictObject({
  from: z.string().meta({ format: 'date-time' }).optional(),
  to: z.string().meta({ format: 'date-time' }).optional(),
});

/** The period of a statement. */
export interface StatementPeriod {
  readonly from: Bound | null;
  readonly to: Bound | null;
}

/** A time, and its text in the request. */
interface Bound {
  readonly time: Date;
  readonly text: string;
}

/**
 * A statement ends at the latest when it is made, so it cannot begin later than that.
 *
 * @throws BAD_USER_INPUT with the names of the parameters.
 */
export function readPeriod(query: unknown): StatementPeriod {
  const parsed = period.safeParse(query);
  if (!parsed.success) {
    throw fault('BAD_USER_INPUT', 'Use only the parameters "from" and "to", each at most once.');
  }
  const [from, to] = [boundOf('from', parsed.data.from), boundOf('to', parsed.data.to)];
  checkPeriod([['from'], from?.time], [['to'], to?.time]);
  if (from !== null && from.time > now()) throw fault('BAD_USER_INPUT', '"from" must not be in the future.');
  return { from, to };
}

function boundOf(name: string, text: string | undefined): Bound | null {
  if (text === undefined) return null;
  try {
    return { time: dateTimeScalar.parseValue(text), text };
  } catch {
    throw fault(
      'BAD_USER_INPUT',
      `"${name}" must be a time such as 2026-01-31T00:00:00Z or 2026-01-31T00:00:00%2B01:00 (in a URL, + is written %2B).`,
    );
  }
}

/**
 * Returns the file's name: the account's number and the period. A bound at the first or last moment of a day is written
 * as a date, in the time zone of the request.
 */
export function fileName(accountNumber: string, { from, to }: StatementPeriod, now: Date, extension: string): string {
  const since = from === null ? '' : `-from-${moment(from.text, '00:00:00')}`;
  const until = to === null ? now.toISOString().slice(0, 10) : moment(to.text, '23:59:59');
  return `statement-${accountNumber}${since}-until-${until}.${extension}`;
}

function moment(text: string, dayEdge: string): string {
  const [date, time] = [text.slice(0, 10), text.slice(11, 19)];
  return time === dayEdge ? date : `${date}T${time.replaceAll(':', '')}`;
}
