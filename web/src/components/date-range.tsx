import { dayBegins, dayEnds } from '../time.ts';
import type { Address } from '../use-address.ts';
import { TextInput } from './fields.tsx';

/** The first and the last day of a period, kept in the page's address as `from` and `until`. */
export function DateRange({ address }: { readonly address: Address }) {
  const set = (name: string) => (value: string) => address.set({ [name]: value, after: '' });
  return (
    <>
      <TextInput label="From" name="from" type="date" value={address.get('from')} onChange={set('from')} />
      <TextInput
        label="Until"
        name="until"
        type="date"
        value={address.get('until')}
        onChange={set('until')}
        problem={periodOf(address).problem}
      />
    </>
  );
}

export interface Period {
  /** The first moment of the first day; null where the period has no beginning. */
  readonly from: string | null;
  /** The last moment of the last day; null where the period has no end. */
  readonly to: string | null;
}

/** A day that is not a date, or that ends the period before it begins, does not count. */
export function periodOf(address: Address): Period & { readonly problem: string | null } {
  const [from, to] = [dayBegins(address.get('from')), dayEnds(address.get('until'))];
  if (from === null || to === null || from <= to) return { from, to, problem: null };
  return { from, to: null, problem: 'Choose the same day as “From”, or a later one.' };
}
