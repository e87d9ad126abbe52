import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { ComponentProps } from 'react';
import { Button } from '../../components/button.tsx';
import { Content } from '../../components/content.tsx';
import { Empty } from '../../components/states.tsx';
import type { CustomerLook } from '../customer-look.ts';
import { usePermits } from '../permits.tsx';

/** What a look at a customer reads. After 15 minutes its permit counts no more: the staff member looks again. */
export function LookContent<Read>({
  look,
  ...props
}: { readonly look: CustomerLook } & ComponentProps<typeof Content<Read>>) {
  const { keep } = usePermits();
  if (!isForbidden(props.error)) return <Content {...props} />;
  return (
    <Empty icon="clock" title="Your look at this customer has expired: it is valid for 15 minutes">
      <Button look="primary" onPress={() => keep(look.id, undefined)}>
        Look at the customer again
      </Button>
    </Empty>
  );
}

/** The server refuses a permit that has expired as any other that does not count. */
function isForbidden(error: unknown): boolean {
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.['code'] === 'FORBIDDEN');
}
