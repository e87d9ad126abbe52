import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react';
import { Form as AriaForm } from 'react-aria-components/Form';
import { faultShown, nothingShown, placed, type Shown } from '../graph/refusals.ts';
import type { Refusals } from '../session/session.ts';
import { Notice } from './states.tsx';

/** What is wrong with what a field says, as far as the page can tell by itself; null where nothing is. */
export type Problems = Readonly<Record<string, string | null>>;

export interface Submission {
  readonly shown: Shown;
  readonly isPending: boolean;
  /** Counts what was refused, so that each time the first field concerned takes the focus. */
  readonly refusedTimes: number;
  /** Does nothing while an earlier one is under way. */
  readonly submit: () => void;
  /** Takes back what was said of one field, or of all, since what it was about has changed. */
  readonly clear: (field?: string) => void;
}

/**
 * What a form does when it is sent: `send` answers with what the server refuses, nothing where it did what was asked.
 *
 * @param problems by the names of the form's fields, at which refusals are shown. They are told from the first sending
 * on, and go as soon as what is typed is right: what moves while a person reaches for the button makes them miss it.
 */
export function useSubmission(problems: Problems, send: () => Promise<Refusals>): Submission {
  const [refused, setRefused] = useState<Shown>(nothingShown);
  const [isTold, setTold] = useState(false);
  const [isPending, setPending] = useState(false);
  const [refusedTimes, setRefusedTimes] = useState(0);
  const underWay = useRef(false);
  const fields = Object.keys(problems);
  const own = Object.entries(problems).filter((entry): entry is [string, string] => entry[1] !== null);

  const show = (shown: Shown) => {
    setRefused(shown);
    if (Object.keys(shown.byField).length > 0) setRefusedTimes((times) => times + 1);
  };
  const answered = (refusals: Refusals) => {
    show(placed(refusals, fields));
    // What is typed from now on is another matter.
    if (refusals.length === 0) setTold(false);
  };
  const submit = () => {
    if (underWay.current) return;
    setTold(true);
    if (own.length > 0) return setRefusedTimes((times) => times + 1);
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
  const told = isTold ? Object.fromEntries(own.map(([field, sentence]) => [field, [sentence]])) : {};
  return {
    shown: { byField: { ...refused.byField, ...told }, general: refused.general },
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

/** What a field of the form around it has to show. */
export function useFieldMessages(field: string): { messages: readonly string[]; clear: () => void } {
  const form = use(FormContext);
  return { messages: form.of(field), clear: () => form.clear(field) };
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
  const { shown, refusedTimes, submit, clear } = submission;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusedTimes === 0) return;
    form.current?.querySelector<HTMLElement>('[data-invalid] :is(input, button)')?.focus();
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
        {shown.general.map((sentence) => (
          <Notice key={sentence} kind="error">
            {sentence}
          </Notice>
        ))}
        {children}
      </AriaForm>
    </FormContext>
  );
}
