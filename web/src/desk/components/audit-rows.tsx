import { Line } from '../../components/summary.tsx';
import { Time } from '../../components/values.tsx';
import { fullTime } from '../../time.ts';
import { actLabels } from '../act-words.ts';
import type { AuditPartsFragment } from '../operations.generated.ts';
import { Openable } from './openable.tsx';

export function AuditRows({ entries }: { readonly entries: readonly AuditPartsFragment[] }) {
  return (
    <ul className="card rows" aria-label="Entries">
      {entries.map((entry) => (
        <Openable
          key={entry.sequence}
          icon="audit"
          title={actLabels[entry.act]}
          aside={<span className="row-detail">{`No. ${entry.sequence}`}</span>}
          detail={<Time at={entry.createdAt} />}
          detailAside={entry.actor}
          note={entry.reason}
        >
          <Details entry={entry} />
        </Openable>
      ))}
    </ul>
  );
}

function Details({ entry }: { readonly entry: AuditPartsFragment }) {
  const { actor, actorId, sessionId, customerId, subject, valuesBefore, valuesAfter, caller, createdAt, hash } = entry;
  return (
    <dl className="details">
      <Line term="Time">{fullTime(createdAt)}</Line>
      <Line term="By">{actor}</Line>
      {actorId !== null && <Line term="Staff ID">{actorId}</Line>}
      {sessionId !== null && <Line term="Session">{sessionId}</Line>}
      <Line term="From">{caller}</Line>
      {customerId !== null && <Line term="Customer">{customerId}</Line>}
      {subject !== null && <Line term="Subject">{subject}</Line>}
      {valuesBefore !== null && <Values term="Before" json={valuesBefore} />}
      {valuesAfter !== null && <Values term="After" json={valuesAfter} />}
      <Line term="Hash">{hash}</Line>
    </dl>
  );
}

/** The changed values of an act: names and texts that the server wrote as a JSON object. */
function Values({ term, json }: { readonly term: string; readonly json: string }) {
  const values = Object.entries(JSON.parse(json) as Readonly<Record<string, unknown>>);
  return <Line term={term}>{values.map(([name, value]) => `${name}: ${String(value)}`).join(', ')}</Line>;
}
