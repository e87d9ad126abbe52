import { createContext, type ReactNode, use, useState } from 'react';

/** The permits of the customers whom the staff member has looked up. They are in the page's memory and nowhere else. */
interface Permits {
  readonly permitOf: (customerId: string) => string | undefined;
  /** Keeps the permit of a customer; undefined removes it. */
  readonly keep: (customerId: string, permit: string | undefined) => void;
}

const Context = createContext<Permits>({ permitOf: () => undefined, keep: () => undefined });

export function PermitKeeper({ children }: { readonly children: ReactNode }) {
  const [permits, setPermits] = useState<Readonly<Record<string, string | undefined>>>({});
  const value: Permits = {
    permitOf: (customerId) => permits[customerId],
    keep: (customerId, permit) => setPermits((kept) => ({ ...kept, [customerId]: permit })),
  };
  return <Context value={value}>{children}</Context>;
}

export const usePermits = (): Permits => use(Context);
