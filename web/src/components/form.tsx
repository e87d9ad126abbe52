import { type ReactNode, useRef, useState } from 'react';
import { Form as AriaForm } from 'react-aria-components/Form';
import { faultShown, nothingShown, placed, type Shown } from '../graph/refusals.ts';
import type { Refusals } from '../session/session.ts';
import { Notice } from './states.tsx';

export interface Submission {
  readonly shown: Shown;
  readonly isPending: boolean;
  /** Does nothing while an earlier one is under way. */
  readonly submit: () => void;
  /** Takes back what was said, since what it was about has changed. */
  readonly clear: () => void;
}

/**
 * What a form does when it is sent: `send` answers with what the server refuses, nothing where it did what was asked.
 *
 * @param fields the names of the form's fields, at which refusals are shown.
 */
export function useSubmission(fields: readonly string[], send: () => Promise<Refusals>): Submission {
  const [shown, setShown] = useState<Shown>(nothingShown);
  const [isPending, setPending] = useState(false);
  const underWay = useRef(false);

  const submit = () => {
    if (underWay.current) return;
    underWay.current = true;
    setPending(true);
    setShown(nothingShown);
    send()
      .then(
        (refusals) => setShown(placed(refusals, fields)),
        (error: unknown) => setShown(faultShown(error)),
      )
      .finally(() => {
        underWay.current = false;
        setPending(false);
      });
  };
  return { shown, isPending, submit, clear: () => setShown(nothingShown) };
}

/** Shows what was refused at the fields that it belongs to, and the rest above them. */
export function Form({
  submission,
  children,
  label,
}: {
  readonly submission: Submission;
  readonly children: ReactNode;
  readonly label: string;
}) {
  return (
    <AriaForm
      className="form"
      aria-label={label}
      validationErrors={submission.shown.byField}
      onSubmit={(event) => {
        event.preventDefault();
        submission.submit();
      }}
    >
      {submission.shown.general.map((sentence) => (
        <Notice key={sentence} kind="error">
          {sentence}
        </Notice>
      ))}
      {children}
    </AriaForm>
  );
}
