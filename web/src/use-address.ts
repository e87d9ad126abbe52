import { useSearchParams } from 'react-router';

/** The state of a page that is kept in its address, such as filters: it survives a reload and can be shared as a link. */
export interface Address {
  /** The value of a parameter; empty where the address does not have it. */
  readonly get: (name: string) => string;
  /** The values of a parameter, which commas separate. */
  readonly getAll: (name: string) => string[];
  /** The value of a parameter, if it is one of the choices' names. */
  readonly choice: <Name extends string>(
    parameter: string,
    choices: Readonly<Record<Name, unknown>>,
    otherwise: Name,
  ) => Name;
  /** Removes parameters whose value is empty. With `push`, the browser's back button leads to the state before. */
  readonly set: (values: Readonly<Record<string, string>>, options?: { readonly push?: boolean }) => void;
  readonly clear: () => void;
}

export function useAddress(): Address {
  const [parameters, setParameters] = useSearchParams();
  const get = (name: string) => parameters.get(name) ?? '';
  return {
    get,
    getAll: (name) => get(name).split(',').filter(Boolean),
    choice: (parameter, choices, otherwise) => {
      const value = get(parameter);
      // `in` would accept names that every object has, such as `constructor`.
      return Object.hasOwn(choices, value) ? (value as typeof otherwise) : otherwise;
    },
    set: (values, { push = false } = {}) =>
      setParameters(
        () => {
          // The window's address already has changes that the page does not show yet.
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
