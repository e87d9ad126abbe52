import { useQuery } from '@apollo/client/react';
import { useId, useState } from 'react';
import { BalanceOverTimeDocument, type Currency } from '../graph/operations.generated.ts';
import { formatMoney } from '../money.ts';
import { shortTime } from '../time.ts';
import { Empty, Failed, Loading } from './states.tsx';

/** The balance over the last transactions, as a line with a step at each one. */
export default function BalanceChart({
  accountId,
  currency,
}: {
  readonly accountId: string;
  readonly currency: Currency;
}) {
  const { data, error, refetch } = useQuery(BalanceOverTimeDocument, { variables: { id: accountId } });
  const nodes = data?.account?.entries.nodes;
  if (nodes === undefined) {
    return error === undefined ? (
      <Loading shape="block" count={1} />
    ) : (
      <Failed error={error} again={() => void refetch()} />
    );
  }
  const points = nodes
    .map(({ createdAt, balanceAfter }) => ({ at: Date.parse(createdAt), iso: createdAt, amount: balanceAfter.amount }))
    .toReversed();
  const isCut = data?.account?.entries.pageInfo.hasNextPage === true;
  if (points.length === 0) return <Empty icon="history" title="No transactions yet" />;
  return <Chart points={points} currency={currency} isCut={isCut} />;
}

interface Point {
  readonly at: number;
  readonly iso: string;
  /** Exact. Only its position in the chart is a float. */
  readonly amount: string;
}

/** How many points each key moves the cursor of the chart. */
const moves: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  Home: -Infinity,
  End: Infinity,
};

const width = 640;
const height = 180;
const padding = { top: 12, bottom: 12 };

function Chart({
  points,
  currency,
  isCut,
}: {
  readonly points: readonly Point[];
  readonly currency: Currency;
  /** Whether there are earlier transactions. */
  readonly isCut: boolean;
}) {
  const [shown, setShown] = useState<number | null>(null);
  const gradient = useId();
  const last = points.at(-1)!;
  const [start, end] = [points[0]!.at, Math.max(Date.now(), last.at + 1)];
  const highest = Math.max(...points.map(({ amount }) => Number(amount)), 1);
  const x = (at: number) => ((at - start) / (end - start)) * width;
  const y = (amount: string) =>
    height - padding.bottom - (Number(amount) / highest) * (height - padding.top - padding.bottom);
  const line = points.reduce(
    (path, { at, amount }, index) => (index === 0 ? `M0 ${y(amount)}` : `${path}H${x(at)}V${y(amount)}`),
    '',
  );
  const whole = `${line}H${width}`;
  const most = extreme(points, currency, 'max');
  const sentence = `From ${shortTime(points[0]!.iso)} until now the balance was between ${extreme(points, currency, 'min')} and ${most}; it is ${formatMoney({ amount: last.amount, currency })}.`;
  const readout = points[shown ?? points.length - 1]!;

  const pick = (clientX: number, box: DOMRect) => {
    const at = start + ((clientX - box.left) / box.width) * (end - start);
    setShown(
      Math.max(
        0,
        points.findLastIndex((point) => point.at <= at),
      ),
    );
  };
  const step = (by: number) => setShown(Math.min(points.length - 1, Math.max(0, (shown ?? points.length - 1) + by)));

  return (
    <figure className="chart">
      <figcaption className="chart-readout">
        <bdi dir="ltr">{formatMoney({ amount: readout.amount, currency })}</bdi>
        <span>{shown === null ? 'now' : shortTime(readout.iso)}</span>
        <span className="chart-most">Highest {most}</span>
      </figcaption>
      <div
        className="chart-frame"
        role="slider"
        tabIndex={0}
        aria-label={`Balance over time. ${sentence}`}
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={(shown ?? points.length - 1) + 1}
        aria-valuetext={`${formatMoney({ amount: readout.amount, currency })}, ${shortTime(readout.iso)}`}
        onPointerMove={(event) => pick(event.clientX, event.currentTarget.getBoundingClientRect())}
        onPointerLeave={() => setShown(null)}
        onBlur={() => setShown(null)}
        onKeyDown={(event) => {
          const move = moves[event.key];
          if (move === undefined) return;
          event.preventDefault();
          step(move);
        }}
      >
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          <defs>
            <linearGradient id={gradient} x1="0" y1="0" x2="0" y2="1">
              <stop offset="0" className="chart-fade-top" />
              <stop offset="1" className="chart-fade-bottom" />
            </linearGradient>
          </defs>
          <path d={`M0 ${padding.top}H${width}M0 ${height - padding.bottom}H${width}`} className="chart-grid" />
          <path d={`${whole}V${height - padding.bottom}H0Z`} fill={`url(#${gradient})`} />
          <path d={whole} className="chart-line" />
          {shown !== null && <path d={`M${x(readout.at)} 0V${height}`} className="chart-cursor" />}
        </svg>
      </div>
      <div className="chart-axis" aria-hidden="true">
        <span>{isCut ? `The last ${points.length} transactions` : shortTime(points[0]!.iso)}</span>
        <span>Now</span>
      </div>
    </figure>
  );
}

function extreme(points: readonly Point[], currency: Currency, which: 'min' | 'max'): string {
  const sorted = points.toSorted((a, b) => Number(a.amount) - Number(b.amount));
  return formatMoney({ amount: (which === 'min' ? sorted[0] : sorted.at(-1))!.amount, currency });
}
