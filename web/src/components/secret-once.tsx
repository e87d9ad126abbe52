import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Notice } from './states.tsx';

/** A secret that the server has just made. No later answer has it. */
export function SecretOnce({
  name,
  notice,
  children,
  close,
}: {
  /** Whose secret it is. */
  readonly name: string;
  readonly notice: string;
  readonly children: ReactNode;
  readonly close: () => void;
}) {
  return (
    <section className="secret" aria-label={`Secret of ${name}`}>
      <Notice kind="info">{notice}</Notice>
      {children}
      <div className="buttons">
        <Button onPress={close}>I have copied it</Button>
      </div>
    </section>
  );
}
