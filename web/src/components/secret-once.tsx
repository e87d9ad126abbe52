import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { settledMs } from './heading-focus.ts';
import { Notice } from './states.tsx';

/** A secret that the server has just made. No later answer has it. */
interface NamedSecret {
  /** Whose secret it is. */
  readonly name: string;
}

export interface SecretsOnce<Secret> {
  readonly secrets: readonly Secret[];
  readonly show: (secret: Secret) => void;
  readonly close: (secret: Secret) => void;
}

/** The secrets of a page. Each stays until the person closes it: another one must not replace it. */
export function useSecretsOnce<Secret>(): SecretsOnce<Secret> {
  const [secrets, setSecrets] = useState<readonly Secret[]>([]);
  return {
    secrets,
    show: (secret) => setSecrets((before) => [...before, secret]),
    close: (secret) => setSecrets((before) => before.filter((other) => other !== secret)),
  };
}

export function ShownSecrets<Secret extends NamedSecret>({
  shown: { secrets, close },
  program,
  keyOf,
  children,
}: {
  readonly shown: SecretsOnce<Secret>;
  /** The program that needs the secret, such as `your program`. */
  readonly program: string;
  /** Distinguishes the secrets: names can repeat. */
  readonly keyOf: (secret: Secret) => string;
  readonly children: (secret: Secret) => ReactNode;
}) {
  return secrets.map((secret) => (
    <SecretOnce key={keyOf(secret)} name={secret.name} program={program} close={() => close(secret)}>
      {children(secret)}
    </SecretOnce>
  ));
}

/**
 * Takes the focus, which scrolls to it and lets screen readers read it: on a phone the form that made the secret is far
 * below. A dialog that closes gives the focus back to its button first.
 */
function SecretOnce({
  name,
  program,
  children,
  close,
}: NamedSecret & { readonly program: string; readonly children: ReactNode; readonly close: () => void }) {
  const section = useRef<HTMLElement>(null);
  const noticeId = useId();
  useEffect(() => {
    const timer = setTimeout(() => section.current?.focus(), settledMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <section
      ref={section}
      className="secret"
      tabIndex={-1}
      aria-label={`Secret of ${name}`}
      aria-describedby={noticeId}
    >
      <div id={noticeId}>
        <Notice kind="info">
          Copy the secret of {name} into {program} now. It is not shown again. Make a new secret if you lose it.
        </Notice>
      </div>
      {children}
      <div className="buttons">
        <Button onPress={close}>I have copied it</Button>
      </div>
    </section>
  );
}
