import { useEffect, useState } from 'react';
import { grouped } from '../account-number.ts';
import { Button } from './button.tsx';

const shownMs = 2_000;

type Outcome = 'copied' | 'failed';

const words: Readonly<Record<Outcome, string>> = { copied: 'Copied', failed: 'Select it to copy' };

/** A number or id that a person gives to others. */
export function Copyable({
  label,
  name,
  text,
  shown = text,
}: {
  readonly label: string;
  /** Names the text for screen readers, such as `EUR account number`. */
  readonly name: string;
  readonly text: string;
  /** The text as it is shown, such as in groups of digits. */
  readonly shown?: string;
}) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => setOutcome(null), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  return (
    <span className="copyable">
      <span>
        <span className="copyable-label">{label}</span>
        <span className="copyable-text">{shown}</span>
      </span>
      <Button
        look="quiet"
        icon={outcome === 'copied' ? 'check' : 'copy'}
        aria-label={`Copy the ${name}`}
        onPress={() => void copy(text).then(setOutcome)}
      >
        {outcome === null ? 'Copy' : words[outcome]}
      </Button>
      <span role="status" className="visually-hidden">
        {outcome === 'copied' && `The ${name} is copied.`}
        {outcome === 'failed' && `The ${name} couldn't be copied. Select it to copy it.`}
      </span>
    </span>
  );
}

export function AccountNumber({ number, currency }: { readonly number: string; readonly currency: string }) {
  return <Copyable label="Account number" name={`${currency} account number`} text={number} shown={grouped(number)} />;
}

/** Browsers have a clipboard for scripts only on https and on the local machine; elsewhere the old command works. */
async function copy(text: string): Promise<Outcome> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard === undefined) return copyByCommand(text) ? 'copied' : 'failed';
  return await clipboard.writeText(text).then(
    () => 'copied' as const,
    () => 'failed' as const,
  );
}

function copyByCommand(text: string): boolean {
  const copying = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', copying);
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- the only way on http
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', copying);
  }
}
