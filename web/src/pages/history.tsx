import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { AmountInput, Choices, TextInput } from '../components/fields.tsx';
import { Chips } from '../components/chips.tsx';
import { Page } from '../components/page.tsx';
import { Paging, usePaging } from '../components/paging.tsx';
import { Empty, Failed, Loading } from '../components/states.tsx';
import { kindLabels, Transactions } from '../components/transactions.tsx';
import {
  type AccountPartsFragment,
  type Currency,
  HistoryDocument,
  type TransactionFilter,
  type TransactionKind,
  type TransactionOrder,
} from '../graph/operations.generated.ts';
import { currencyNames, parseAmount } from '../money.ts';
import { dayBegins, dayEnds } from '../time.ts';
import { type Address, useAddress } from '../use-address.ts';

const pageSize = 20;
const kinds = Object.keys(kindLabels) as TransactionKind[];
const currencies = Object.keys(currencyNames) as Currency[];

const orders: Readonly<Record<string, { label: string; orderBy: TransactionOrder }>> = {
  newest: { label: 'Newest first', orderBy: { field: 'CREATED_AT', direction: 'DESC' } },
  oldest: { label: 'Oldest first', orderBy: { field: 'CREATED_AT', direction: 'ASC' } },
  largest: { label: 'Largest first', orderBy: { field: 'AMOUNT', direction: 'DESC' } },
  smallest: { label: 'Smallest first', orderBy: { field: 'AMOUNT', direction: 'ASC' } },
};

export default function History() {
  const address = useAddress();
  const [isOpen, setOpen] = useState(() => isFiltered(address));
  const order = orders[address.get('sort')] ?? orders['newest']!;
  const { data, previousData, error, loading, refetch } = useQuery(HistoryDocument, {
    variables: {
      first: pageSize,
      after: address.get('after') || null,
      filter: filterOf(address),
      orderBy: order.orderBy,
    },
  });
  const viewer = (data ?? previousData)?.viewer;
  const page = viewer?.transactions;
  const paging = usePaging(address, page?.pageInfo);

  return (
    <Page
      title="History"
      lead={page == null ? undefined : countOf(page.totalCount)}
      actions={
        <Button icon="filter" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide filters' : 'Filter and sort'}
        </Button>
      }
    >
      {isOpen && <Filters address={address} accounts={viewer?.accounts ?? []} />}
      {page == null ? (
        error === undefined ? (
          <Loading rows={8} />
        ) : (
          <Failed error={error} again={() => void refetch()} />
        )
      ) : (
        <div aria-busy={loading} className={loading ? 'stale' : undefined}>
          {page.nodes.length === 0 ? (
            <Empty icon="history" title="Nothing matches">
              {isFiltered(address) ? (
                <Button onPress={address.clear}>Show everything</Button>
              ) : (
                'What moves your money is listed here.'
              )}
            </Empty>
          ) : (
            <Transactions transactions={page.nodes} />
          )}
          <Paging paging={paging} />
        </div>
      )}
    </Page>
  );
}

function Filters({
  address,
  accounts,
}: {
  readonly address: Address;
  readonly accounts: readonly AccountPartsFragment[];
}) {
  const set = (name: string) => (value: string) => address.set({ [name]: value, after: '' });
  return (
    <div className="filters" role="group" aria-label="Filters">
      <Chips
        label="Kind"
        choices={kinds.map((kind) => ({ id: kind, label: kindLabels[kind] }))}
        chosen={address.getAll('kind')}
        onChange={(chosen) => address.set({ kind: chosen.join(','), after: '' })}
      />
      <Chips
        label="Currency"
        choices={currencies.map((currency) => ({ id: currency, label: currency }))}
        chosen={address.getAll('currency')}
        onChange={(chosen) => address.set({ currency: chosen.join(','), after: '' })}
      />
      <div className="filter-grid">
        <Choices
          label="Account"
          name="account"
          value={address.get('account') || 'all'}
          onChange={(chosen) => set('account')(chosen === 'all' ? '' : chosen)}
          choices={[
            { id: 'all', label: 'All accounts' },
            ...accounts.map(({ id, currency }) => ({ id, label: currencyNames[currency] })),
          ]}
        />
        <Choices
          label="With"
          name="with"
          value={address.get('with') || 'all'}
          onChange={(chosen) => set('with')(chosen === 'all' ? '' : chosen)}
          choices={[
            { id: 'all', label: 'Everybody' },
            { id: 'own', label: 'Between my accounts' },
            { id: 'others', label: 'With others' },
          ]}
        />
        <TextInput label="From" name="from" type="date" value={address.get('from')} onChange={set('from')} />
        <TextInput label="Until" name="until" type="date" value={address.get('until')} onChange={set('until')} />
        <AmountInput label="At least" name="min" value={address.get('min')} onChange={set('min')} isRequired={false} />
        <AmountInput label="At most" name="max" value={address.get('max')} onChange={set('max')} isRequired={false} />
        <Choices
          label="Sort"
          name="sort"
          value={address.get('sort') || 'newest'}
          onChange={(chosen) => set('sort')(chosen === 'newest' ? '' : chosen)}
          choices={Object.entries(orders).map(([id, { label }]) => ({ id, label }))}
        />
        {isFiltered(address) && (
          <div className="filter-clear">
            <Button look="quiet" icon="cross" onPress={address.clear}>
              Clear filters
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

const filterNames = ['kind', 'currency', 'account', 'with', 'from', 'until', 'min', 'max', 'sort'];

function isFiltered(address: Address): boolean {
  return filterNames.some((name) => address.get(name) !== '');
}

/** What is not understood, such as half a date, does not filter. */
function filterOf(address: Address): TransactionFilter {
  const account = address.get('account');
  const partners = address.get('with');
  const chosenKinds = address.getAll('kind').filter((kind): kind is TransactionKind => kind in kindLabels);
  const chosenCurrencies = address.getAll('currency').filter((code): code is Currency => code in currencyNames);
  return {
    kinds: chosenKinds.length === 0 ? null : chosenKinds,
    currencies: chosenCurrencies.length === 0 ? null : chosenCurrencies,
    accountIds: account === '' ? null : [account],
    betweenOwnAccounts: partners === 'own' ? true : partners === 'others' ? false : null,
    createdAfter: dayBegins(address.get('from')),
    createdBefore: dayEnds(address.get('until')),
    minAmount: parseAmount(address.get('min')),
    maxAmount: parseAmount(address.get('max')),
  };
}

function countOf(count: number): string {
  if (count === 1) return '1 movement';
  return `${new Intl.NumberFormat().format(count)} movements`;
}
