import { useEffect, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { Form, type Submission } from '../../components/form.tsx';
import { TransferReview } from '../../components/quote-summary.tsx';
import type { AccountPartsFragment } from '../../graph/operations.generated.ts';
import type { Quote } from '../../quote.ts';

interface ReviewProps {
  readonly quote: Quote;
  readonly from: AccountPartsFragment;
  /** An account of the person, or the number of another account. */
  readonly to: AccountPartsFragment | string | undefined;
  readonly note: string;
  readonly submission: Submission;
  readonly back: () => void;
}

/** Asks the person to confirm. The heading takes the focus: a second Enter must not confirm what was not read. */
export function Review({ quote, from, to, note, submission, back }: ReviewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="review">
      <h2 ref={heading} tabIndex={-1}>
        Check the transfer
      </h2>
      <TransferReview quote={quote} from={from} to={to} note={note} />
      <Form submission={submission} label="Confirm">
        <div className="buttons">
          <Button type="submit" look="primary" isPending={submission.isPending}>
            Confirm and send
          </Button>
          <Button onPress={back}>Change</Button>
        </div>
      </Form>
    </div>
  );
}
