import { createContext, type ReactNode, use, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { lookProblem, Reason } from './reason.tsx';

/** What staff look at. The server records each look with its reason, and answers no look without one. */
type Subject = 'corrections' | 'house';

type Reasons = Readonly<Partial<Record<Subject, string>>>;

interface Kept {
  readonly reasons: Reasons;
  readonly keep: (subject: Subject, reason: string | undefined) => void;
}

const Context = createContext<Kept>({ reasons: {}, keep: () => undefined });

/** Keeps the reason of each subject while the desk is open, so that the next page of a list needs none. */
export function LookReasons({ children }: { readonly children: ReactNode }) {
  const [reasons, setReasons] = useState<Reasons>({});
  const keep: Kept['keep'] = (subject, reason) => setReasons((kept) => ({ ...kept, [subject]: reason }));
  return <Context value={{ reasons, keep }}>{children}</Context>;
}

/** Shows something after the staff member has said why they look. */
export function Look({ at, children }: { readonly at: Subject; readonly children: (reason: string) => ReactNode }) {
  const { reasons, keep } = use(Context);
  const reason = reasons[at];
  if (reason === undefined) return <LookForm onGiven={(given) => keep(at, given)} />;
  return (
    <>
      <p className="look">
        <span>
          Recorded as: <q>{reason}</q>
        </span>
        <Button look="quiet" onPress={() => keep(at, undefined)}>
          Change the reason
        </Button>
      </p>
      {children(reason)}
    </>
  );
}

function LookForm({ onGiven }: { readonly onGiven: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  const submission = useSubmission({ reason: lookProblem(reason) }, async () => {
    onGiven(reason.trim());
    return [];
  });
  return (
    <Form submission={submission} label="Why you look">
      <Reason value={reason} onChange={setReason} hint="The audit log records each look: 5 to 500 characters." />
      <div className="buttons">
        <Button type="submit" look="primary">
          Show
        </Button>
      </div>
    </Form>
  );
}
