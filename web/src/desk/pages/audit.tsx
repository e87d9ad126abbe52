import { useQuery } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { Content } from '../../components/content.tsx';
import { DateRange, periodOf } from '../../components/date-range.tsx';
import { Choices, TextInput } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { Paging, usePaging } from '../../components/paging.tsx';
import { Segments } from '../../components/segments.tsx';
import { Empty } from '../../components/states.tsx';
import { type Address, useAddress } from '../../use-address.ts';
import { actLabels } from '../act-words.ts';
import { AuditRows } from '../components/audit-rows.tsx';
import {
  type AuditFilter,
  BillingAuditLogDocument,
  OrderAuditLogDocument,
  type StaffAct,
  UserAuditLogDocument,
} from '../operations.generated.ts';

const pageSize = 20;

const logs = { user: 'Profiles', billing: 'Money', order: 'Orders' } as const;
const documents = {
  user: UserAuditLogDocument,
  billing: BillingAuditLogDocument,
  order: OrderAuditLogDocument,
} as const;

/** The audit logs of the three subgraphs, with filters in the page's address. */
export default function Audit() {
  const address = useAddress();
  const log = address.choice('log', logs, 'user');
  return (
    <Page title="Audit log" lead="Every act and every look of staff, newest first.">
      <Segments
        label="Log"
        choices={logs}
        chosen={log}
        onChange={(chosen) => address.set({ log: chosen === 'user' ? '' : chosen, after: '' })}
      />
      <Filters address={address} />
      <Entries key={log} address={address} log={log} />
    </Page>
  );
}

const filterNames = ['act', 'actor', 'customer', 'from', 'until'] as const;

function Filters({ address }: { readonly address: Address }) {
  const set = (name: string) => (value: string) => address.set({ [name]: value, after: '' });
  const isAny = filterNames.some((name) => address.get(name) !== '');
  return (
    <div className="filters" role="group" aria-label="Filters">
      <div className="filter-grid">
        <Choices
          label="Act"
          name="act"
          value={actIn(address) ?? 'all'}
          onChange={(chosen) => set('act')(chosen === 'all' ? '' : chosen)}
          choices={[
            { id: 'all', label: 'All acts' },
            ...Object.entries(actLabels).map(([id, label]) => ({ id, label })),
          ]}
        />
        <TextInput label="Staff ID" name="actor" value={address.get('actor')} onChange={set('actor')} maxLength={36} />
        <TextInput
          label="Customer ID"
          name="customer"
          value={address.get('customer')}
          onChange={set('customer')}
          maxLength={36}
        />
        <DateRange address={address} />
      </div>
      {isAny && (
        <Button
          look="quiet"
          icon="cross"
          onPress={() => address.set(Object.fromEntries(['after', ...filterNames].map((name) => [name, ''])))}
        >
          Clear filters
        </Button>
      )}
    </div>
  );
}

function actIn(address: Address): StaffAct | null {
  const act = address.get('act');
  return Object.hasOwn(actLabels, act) ? (act as StaffAct) : null;
}

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** An id that is not typed to its end does not filter. */
const idIn = (text: string) => (uuid.test(text.trim()) ? text.trim() : null);

function filterOf(address: Address): AuditFilter {
  const act = actIn(address);
  const { from, to } = periodOf(address);
  return {
    acts: act === null ? null : [act],
    actorId: idIn(address.get('actor')),
    customerId: idIn(address.get('customer')),
    createdAfter: from,
    createdBefore: to,
  };
}

function Entries({ address, log }: { readonly address: Address; readonly log: keyof typeof logs }) {
  const { data, previousData, error, loading, refetch } = useQuery(documents[log], {
    variables: { first: pageSize, after: address.get('after') || null, filter: filterOf(address) },
  });
  const page = (data ?? previousData)?.log;
  const paging = usePaging(address, page?.pageInfo);
  return (
    <Content content={page} error={error} isLoading={loading} again={refetch} count={8}>
      {({ nodes }) => (
        <>
          {nodes.length === 0 ? <Empty icon="audit" title="No entries match" /> : <AuditRows entries={nodes} />}
          <Paging paging={paging} />
        </>
      )}
    </Content>
  );
}
