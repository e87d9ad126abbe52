import { useQuery } from '@apollo/client/react';
import { ButtonLink } from '../../components/button.tsx';
import { Content } from '../../components/content.tsx';
import { Choices } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { Paging, usePaging } from '../../components/paging.tsx';
import { Empty } from '../../components/states.tsx';
import { useAddress } from '../../use-address.ts';
import { CorrectionRows } from '../components/correction-rows.tsx';
import { Look } from '../components/look.tsx';
import { stateLabels } from '../correction-words.ts';
import { CorrectionsDocument, type CorrectionState } from '../operations.generated.ts';
import { hasRole, useStaff } from '../staff.ts';

const pageSize = 20;

const states: Readonly<Record<CorrectionState | 'ALL', string>> = { ...stateLabels, ALL: 'All' };

export default function Corrections() {
  const staff = useStaff();
  return (
    <Page
      title="Corrections"
      lead="Each correction is a transaction of its own. Large ones need a second operator."
      actions={
        hasRole(staff, 'OPERATOR') && (
          <ButtonLink to="/desk/corrections/new" look="primary" icon="plus">
            Propose
          </ButtonLink>
        )
      }
    >
      <Look at="corrections">{(reason) => <CorrectionList reason={reason} />}</Look>
    </Page>
  );
}

function CorrectionList({ reason }: { readonly reason: string }) {
  const address = useAddress();
  const state = address.choice<CorrectionState | 'ALL'>('state', states, 'PROPOSED');
  const { data, previousData, error, loading, refetch } = useQuery(CorrectionsDocument, {
    variables: { reason, first: pageSize, after: address.get('after') || null, state: state === 'ALL' ? null : state },
  });
  const page = (data ?? previousData)?.corrections;
  const paging = usePaging(address, page?.pageInfo);
  return (
    <>
      <div className="list-controls">
        <Choices
          label="State"
          name="state"
          isInline
          value={state}
          onChange={(chosen) => address.set({ state: chosen === 'PROPOSED' ? '' : chosen, after: '' })}
          choices={Object.entries(states).map(([id, label]) => ({ id, label }))}
        />
      </div>
      <Content content={page} error={error} isLoading={loading} again={refetch}>
        {({ nodes }) => (
          <>
            {nodes.length === 0 ? (
              <Empty
                icon="scales"
                title={state === 'PROPOSED' ? 'No correction waits for approval' : 'No corrections'}
              />
            ) : (
              <CorrectionRows corrections={nodes} />
            )}
            <Paging paging={paging} />
          </>
        )}
      </Content>
    </>
  );
}
