import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react';
import { Form as AriaForm } from 'react-aria-components/Form';
import { faultShown, nothingShown, placed, type Shown } from '../graph/refusals.ts';
import type { Refusals } from '../session/session.ts';
import { Notice } from './states.tsx';

/** The sentence that the page itself has for each field of a form; null where it finds no problem. */
export type Problems = Readonly<Record<string, string | null>>;

export interface Submission {
  readonly shown: Shown;
  readonly isPending: boolean;
  /** Grows with each refusal, so that each one moves the focus to the first refused field. */
  readonly refusedTimes: number;
  /** Does nothing while an earlier submission is under way. */
  readonly submit: () => void;
  /** Removes the refusals of one field, or all of them, because the person has changed what they were about. */
  readonly clear: (field?: string) => void;
}

interface SubmissionOptions {
  /**
   * Whether to send a form in which the page finds problems. The server's refusals of the other fields are then shown
   * at the same time. `send` must replace a value that it cannot read by one that the server refuses.
   */
  readonly sendsProblems?: boolean;
}

/**
 * Submits a form. Problems are shown from the first submission on, and disappear as soon as the person corrects them:
 * a form that moves while a person reaches for its button makes them miss it.
 *
 * @param problems by the names of the form's fields. Refusals of the server are shown at the field of the same name.
 * @param send returns the server's refusals; none where the server did what the person wanted.
 */
export function useSubmission(
  problems: Problems,
  send: () => Promise<Refusals>,
  { sendsProblems = false }: SubmissionOptions = {},
): Submission {
  const [refused, setRefused] = useState<Shown>(nothingShown);
  const [isSubmitted, setSubmitted] = useState(false);
  const [isPending, setPending] = useState(false);
  const [refusedTimes, setRefusedTimes] = useState(0);
  const underWay = useRef(false);
  const own = Object.entries(problems).filter((entry): entry is [string, string] => entry[1] !== null);
  const hasProblems = own.length > 0;

  const show = (shown: Shown) => {
    setRefused(shown);
    if (hasProblems || Object.keys(shown.byField).length > 0) setRefusedTimes((times) => times + 1);
  };
  const answered = (refusals: Refusals) => {
    show(placed(refusals, Object.keys(problems)));
    // The next input is checked when it is submitted.
    if (refusals.length === 0 && !hasProblems) setSubmitted(false);
  };
  const submit = () => {
    if (underWay.current) return;
    setSubmitted(true);
    if (hasProblems && !sendsProblems) return show(nothingShown);
    underWay.current = true;
    setPending(true);
    setRefused(nothingShown);
    send()
      .then(answered, (error: unknown) => show(faultShown(error)))
      .finally(() => {
        underWay.current = false;
        setPending(false);
      });
  };
  const clear = (field?: string) =>
    setRefused(({ byField, general }) => {
      if (field === undefined) return nothingShown;
      return { byField: Object.fromEntries(Object.entries(byField).filter(([name]) => name !== field)), general };
    });
  const shownProblems = isSubmitted ? Object.fromEntries(own.map(([field, sentence]) => [field, [sentence]])) : {};
  return {
    shown: { byField: { ...refused.byField, ...shownProblems }, general: refused.general },
    isPending,
    refusedTimes,
    submit,
    clear,
  };
}

interface FieldMessages {
  readonly of: (field: string) => readonly string[];
  readonly clear: (field: string) => void;
}

const noForm: FieldMessages = { of: () => [], clear: () => undefined };
const FormContext = createContext(noForm);

/** The messages of one field of the surrounding form. */
export function useFieldMessages(field: string): { messages: readonly string[]; clear: () => void } {
  const form = use(FormContext);
  return { messages: form.of(field), clear: () => form.clear(field) };
}

/** A form that shows each refusal at its field, and the others above all fields. */
export function Form({
  submission,
  children,
  label,
}: {
  readonly submission: Submission;
  readonly children: ReactNode;
  readonly label: string;
}) {
  const { shown, refusedTimes, submit, clear } = submission;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusedTimes === 0) return;
    form.current?.querySelector<HTMLElement>('[data-invalid] :is(input, textarea, button)')?.focus();
  }, [refusedTimes]);

  return (
    <FormContext value={{ of: (field) => shown.byField[field] ?? [], clear }}>
      <AriaForm
        ref={form}
        className="form"
        aria-label={label}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <GeneralRefusals submission={submission} />
        {children}
      </AriaForm>
    </FormContext>
  );
}

/** The refusals that belong to no field. */
export function GeneralRefusals({ submission }: { readonly submission: Submission }) {
  return submission.shown.general.map((sentence) => (
    <Notice key={sentence} kind="error">
      {sentence}
    </Notice>
  ));
}
