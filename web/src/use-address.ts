import { useSearchParams } from 'react-router';

/** What is looked at, kept in the page's address: it outlives a reload, and can be given to somebody else. */
export interface Address {
  /** Empty where it is not there. */
  readonly get: (name: string) => string;
  /** What is separated by commas. */
  readonly getAll: (name: string) => string[];
  /** An empty value is left out. With `push`, the browser's way back leads to what was looked at before. */
  readonly set: (values: Readonly<Record<string, string>>, options?: { readonly push?: boolean }) => void;
  readonly clear: () => void;
}

export function useAddress(): Address {
  const [parameters, setParameters] = useSearchParams();
  const get = (name: string) => parameters.get(name) ?? '';
  return {
    get,
    getAll: (name) => get(name).split(',').filter(Boolean),
    set: (values, { push = false } = {}) =>
      setParameters(
        () => {
          // What was set a moment ago is in the address before it is on the page.
          const after = new URLSearchParams(window.location.search);
          for (const [name, value] of Object.entries(values)) {
            if (value === '') after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: !push, ...(push ? { state: { cameFromPage: true } } : {}) },
      ),
    clear: () => setParameters({}, { replace: true }),
  };
}
