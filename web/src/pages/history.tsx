import { useQuery } from '@apollo/client/react';
import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '../components/button.tsx';
import { Chips } from '../components/chips.tsx';
import { Content } from '../components/content.tsx';
import { DateRange, periodOf } from '../components/date-range.tsx';
import { AmountInput, amountProblem, Choices } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { Paging, usePaging } from '../components/paging.tsx';
import { Empty } from '../components/states.tsx';
import { Transactions, TransactionsByDay } from '../components/transactions.tsx';
import {
  type AccountPartsFragment,
  type Currency,
  HistoryDocument,
  type TransactionFilter,
  type TransactionKind,
  type TransactionOrder,
} from '../graph/operations.generated.ts';
import { currencyNames, currencyTitle, exceeds, parseAmount } from '../money.ts';
import { kindLabels } from '../transaction-words.ts';
import { type Address, useAddress } from '../use-address.ts';

const pageSize = 20;
const kinds = Object.keys(kindLabels) as TransactionKind[];
const currencies = Object.keys(currencyNames) as Currency[];

const sorts = {
  newest: { label: 'Newest first', orderBy: { field: 'CREATED_AT', direction: 'DESC' } },
  oldest: { label: 'Oldest first', orderBy: { field: 'CREATED_AT', direction: 'ASC' } },
  largest: { label: 'Largest first', orderBy: { field: 'AMOUNT', direction: 'DESC' } },
  smallest: { label: 'Smallest first', orderBy: { field: 'AMOUNT', direction: 'ASC' } },
} satisfies Record<string, { label: string; orderBy: TransactionOrder }>;

export default function History() {
  const address = useAddress();
  const filters = filterNames.filter((name) => address.get(name) !== '').length;
  const [isOpen, setOpen] = useState(filters > 0);
  const { orderBy } = sorts[address.choice('sort', sorts, 'newest')];
  const { data, previousData, error, loading, refetch } = useQuery(HistoryDocument, {
    variables: { first: pageSize, after: address.get('after') || null, filter: filterOf(address), orderBy },
  });
  const viewer = (data ?? previousData)?.viewer;
  const page = viewer?.transactions;
  const paging = usePaging(address, page?.pageInfo);
  const List = orderBy.field === 'CREATED_AT' ? TransactionsByDay : Transactions;

  return (
    <Page
      title="History"
      lead={<span aria-live="polite">{page == null ? '\u00a0' : countOf(page.totalCount)}</span>}
      actions={
        <>
          <Choices
            label="Sort"
            name="sort"
            isInline
            value={address.choice('sort', sorts, 'newest')}
            onChange={(chosen) => address.set({ sort: chosen === 'newest' ? '' : chosen, after: '' })}
            choices={Object.entries(sorts).map(([id, { label }]) => ({ id, label }))}
          />
          <Button icon="filter" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {filters === 0 ? 'Filter' : `Filter (${filters})`}
          </Button>
        </>
      }
    >
      {isOpen && <Filters address={address} accounts={viewer?.accounts ?? []} isAny={filters > 0} />}
      <Content content={page} error={error} isLoading={loading} again={refetch} count={8}>
        {({ nodes }) => (
          <>
            {nodes.length === 0 ? (
              <Empty icon="history" title={filters > 0 ? 'No transactions match' : 'No transactions yet'}>
                {filters > 0 ? (
                  <Button onPress={() => clear(address)}>Show all transactions</Button>
                ) : (
                  'Deposits, transfers and payments appear here.'
                )}
              </Empty>
            ) : (
              <List transactions={nodes} />
            )}
            <Paging paging={paging} />
          </>
        )}
      </Content>
    </Page>
  );
}

function Filters({
  address,
  accounts,
  isAny,
}: {
  readonly address: Address;
  readonly accounts: readonly AccountPartsFragment[];
  readonly isAny: boolean;
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
        choices={currencies.map((currency) => ({ id: currency, label: currencyTitle(currency) }))}
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
            ...accounts.map(({ id, currency }) => ({ id, label: currencyTitle(currency) })),
          ]}
        />
        <DateRange address={address} />
        <Choices
          label="With"
          name="with"
          value={address.get('with') || 'all'}
          onChange={(chosen) => set('with')(chosen === 'all' ? '' : chosen)}
          choices={[
            { id: 'all', label: 'Everyone' },
            { id: 'own', label: 'My own accounts' },
            { id: 'others', label: 'Other people' },
          ]}
        />
        <AmountFilter label="At least" name="min" value={address.get('min')} onChange={set('min')} />
        <AmountFilter
          label="At most"
          name="max"
          value={address.get('max')}
          onChange={set('max')}
          problem={amountRangeProblem(address)}
        />
      </div>
      {isAny && (
        <Button look="quiet" icon="cross" onPress={() => clear(address)}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

const pauseInTypingMs = 300;

/** Filters after a pause in typing, not at every digit. */
function AmountFilter({
  value,
  onChange,
  problem = null,
  ...props
}: {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem?: string | null;
}) {
  const [text, setText] = useState(value);
  const change = useEffectEvent(onChange);
  // The address also changes without typing, such as when the filters are cleared.
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => change(text), pauseInTypingMs);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <AmountInput
      {...props}
      value={text}
      onChange={setText}
      isRequired={false}
      hint="Without fees"
      problem={text === '' ? null : (amountProblem(text) ?? problem)}
    />
  );
}

function amountRangeProblem(address: Address): string | null {
  const [min, max] = [parseAmount(address.get('min')), parseAmount(address.get('max'))];
  return min !== null && max !== null && exceeds(min, max) ? 'Enter no less than “At least”.' : null;
}

const filterNames = ['kind', 'currency', 'account', 'with', 'from', 'until', 'min', 'max'];

function clear(address: Address): void {
  address.set(Object.fromEntries(['after', ...filterNames].map((name) => [name, ''])));
}

/** A value that cannot be read, such as half a date, does not filter. */
function filterOf(address: Address): TransactionFilter {
  const account = address.get('account');
  const partners = address.get('with');
  const { from, to } = periodOf(address);
  const chosenKinds = address.getAll('kind').filter((kind): kind is TransactionKind => Object.hasOwn(kindLabels, kind));
  const chosenCurrencies = address
    .getAll('currency')
    .filter((code): code is Currency => Object.hasOwn(currencyNames, code));
  return {
    kinds: chosenKinds.length === 0 ? null : chosenKinds,
    currencies: chosenCurrencies.length === 0 ? null : chosenCurrencies,
    accountIds: account === '' ? null : [account],
    betweenOwnAccounts: partners === 'own' ? true : partners === 'others' ? false : null,
    createdAfter: from,
    createdBefore: to,
    minAmount: parseAmount(address.get('min')),
    maxAmount: amountRangeProblem(address) === null ? parseAmount(address.get('max')) : null,
  };
}

function countOf(count: number): string {
  if (count === 1) return '1 transaction';
  return `${new Intl.NumberFormat().format(count)} transactions`;
}
