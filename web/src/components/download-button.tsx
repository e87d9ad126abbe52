import { useState } from 'react';
import { Button } from './button.tsx';
import { Notice } from './states.tsx';

/** A button that downloads a file, and shows why that failed. */
export function DownloadButton({
  label,
  download,
}: {
  readonly label: string;
  /** Returns null, or a sentence for the person. */
  readonly download: () => Promise<string | null>;
}) {
  const [isPending, setPending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const press = () => {
    setPending(true);
    setFault(null);
    void download()
      .then(setFault)
      .finally(() => setPending(false));
  };
  return (
    <>
      <Button icon="download" isPending={isPending} onPress={press}>
        {label}
      </Button>
      {fault !== null && <Notice kind="error">{fault}</Notice>}
    </>
  );
}
