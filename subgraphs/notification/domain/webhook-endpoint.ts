import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { type ReachableAddresses } from '#platform/validation/addresses.ts';
import { targetIn } from '#platform/validation/target.ts';
import { hasCharacters, isLine } from '#platform/validation/characters.ts';
import { nameOfType, webhookEventNames, type WebhookEventName, type WebhookEventType } from './webhook-events.ts';

/** The decisions about what a customer says of a webhook. */

const longestDescription = 200;
const longestOverlapHours = 7 * 24;
/** Events are kept for so long. */
export const keptDays = 30;

export function urlOf(text: string, reachable: ReachableAddresses): string | Refusal<'INVALID_URL'> {
  const target = targetIn(text, reachable);
  return typeof target === 'string' ? refuse('INVALID_URL', target, ['input', 'url']) : target.url;
}

export function eventNamesOf(
  types: readonly WebhookEventType[],
): readonly WebhookEventName[] | Refusal<'INVALID_EVENT_TYPES'> {
  const names = new Set(types.map((type) => nameOfType.get(type)!));
  if (types.length > 0 && names.size === types.length) return webhookEventNames.filter((name) => names.has(name));
  return refuse('INVALID_EVENT_TYPES', 'Choose at least one event type, and each once.', ['input', 'eventTypes']);
}

export function descriptionOf(text: string | null | undefined): string | Refusal<'INVALID_DESCRIPTION'> {
  const description = hasCharacters(text ?? '', 0, longestDescription) ? (text ?? '').trim() : null;
  if (description === '' || (description !== null && isLine(description))) return description;
  const message = `The description must have at most ${longestDescription} characters on one line.`;
  return refuse('INVALID_DESCRIPTION', message, ['input', 'description']);
}

export function refusedOverlap(hours: number): Refusal<'INVALID_TIME'> | null {
  if (hours >= 0 && hours <= longestOverlapHours) return null;
  return refuse('INVALID_TIME', `Choose 0 to ${longestOverlapHours} hours.`, ['input', 'overlapHours']);
}

/** Another overlap would end that of the secret before. A customer whose secret leaked ends both with 0 hours. */
export function refusedSecondOverlap(oldSecretEndsAt: Date | null, now: Date): Refusal<'INVALID_TIME'> | null {
  if (oldSecretEndsAt === null || oldSecretEndsAt <= now) return null;
  const message =
    'The secret before this one still signs. Wait until it ends, or choose 0 hours, which ends both at once.';
  return refuse('INVALID_TIME', message, ['input', 'overlapHours']);
}

export function refusedPeriod(from: Date, to: Date, now: Date): Refusal<'INVALID_TIME'> | null {
  if (from.getTime() < now.getTime() - keptDays * 86_400_000)
    return refuse('INVALID_TIME', `The period must begin at most ${keptDays} days ago.`, ['input', 'from']);
  return to > from ? null : refuse('INVALID_TIME', 'The period must end after it begins.', ['input', 'to']);
}
