import { type ReactNode, useState } from 'react';
import { useLocation } from 'react-router';
import { Button, ButtonLink } from '../../components/button.tsx';
import { Done } from '../../components/done.tsx';
import { Page } from '../../components/page.tsx';
import type { CameFrom } from './act-link.tsx';

/** What an act did, in words. */
export interface Outcome {
  readonly title: string;
  readonly text: string;
}

/** A page with the form of one act. The result of the act takes the form's place, and leads to an empty form. */
export function ActPage({
  title,
  children,
}: {
  readonly title: string;
  readonly children: (show: (outcome: Outcome) => void) => ReactNode;
}) {
  const [outcome, show] = useState<Outcome | null>(null);
  const { state: cameFrom } = useLocation() as { state: CameFrom | null };
  return (
    <Page title={title} narrow>
      {outcome === null ? (
        children(show)
      ) : (
        <Done title={outcome.title}>
          <p>{outcome.text}</p>
          <div className="buttons">
            <ButtonLink to={cameFrom?.from ?? '/desk/acts'} look="primary">
              Done
            </ButtonLink>
            <Button onPress={() => show(null)}>Once more</Button>
          </div>
        </Done>
      )}
    </Page>
  );
}
