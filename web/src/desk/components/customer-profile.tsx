import { useQuery } from '@apollo/client/react';
import { Section } from '../../components/page.tsx';
import { Line } from '../../components/summary.tsx';
import { fullTime, shortTime } from '../../time.ts';
import { CustomerProfileDocument } from '../operations.generated.ts';
import { hasRole, roleNames, useStaff } from '../staff.ts';
import { ActLink } from './act-link.tsx';
import type { CustomerLook } from '../customer-look.ts';
import { LookContent } from './look-content.tsx';

interface Factors {
  readonly totp: boolean;
  readonly recoveryCodesLeft: number;
  readonly passkeys: readonly unknown[];
}

function factorsText({ totp, recoveryCodesLeft, passkeys }: Factors): string {
  const factors = [
    totp ? 'authenticator app' : null,
    passkeys.length > 0 ? `passkeys: ${passkeys.length}` : null,
    recoveryCodesLeft > 0 ? `recovery codes: ${recoveryCodesLeft}` : null,
  ].filter((factor) => factor !== null);
  return factors.length === 0 ? 'None' : factors.join(', ');
}

export function CustomerProfile({ look }: { readonly look: CustomerLook }) {
  const { id, permit } = look;
  const staff = useStaff();
  const { data, error, loading, refetch } = useQuery(CustomerProfileDocument, { variables: { permit } });
  return (
    <LookContent
      look={look}
      className="part"
      content={data?.customerRecord}
      error={error}
      isLoading={loading}
      again={refetch}
    >
      {({ name, email, emailProved, pendingEmail, createdAt, roles, secondFactors, sessions }) => (
        <>
          <Section title="Profile">
            <dl className="card details desk-details">
              <Line term="Name">{name}</Line>
              <Line term="Email">{`${email} (${emailProved ? 'confirmed' : 'not confirmed'})`}</Line>
              {pendingEmail !== null && <Line term="New email, not confirmed">{pendingEmail}</Line>}
              <Line term="Customer since">{fullTime(createdAt)}</Line>
              <Line term="Second factors">{factorsText(secondFactors)}</Line>
              {roles.length > 0 && <Line term="Roles">{roles.join(', ')}</Line>}
            </dl>
            {hasRole(staff, 'OPERATOR') && (
              <div className="buttons">
                <ActLink to={`/desk/freeze?customer=${id}`} icon="lock">
                  Freeze the customer
                </ActLink>
                <ActLink to={`/desk/unfreeze?customer=${id}`}>Release the customer</ActLink>
                <ActLink to={`/desk/restore-email?customer=${id}`}>Restore an email address</ActLink>
                {(!emailProved || pendingEmail !== null) && (
                  <ActLink to={`/desk/resend?customer=${id}`}>Send the proof again</ActLink>
                )}
                <ActLink to={`/desk/reset-factors?customer=${id}`}>Reset second factors</ActLink>
                <ActLink to={`/desk/grant-role?customer=${id}`}>Grant a role</ActLink>
                {roles.map((role) => (
                  <ActLink key={role} to={`/desk/revoke-role?customer=${id}&role=${role}`}>
                    {`Revoke ${roleNames[role]}`}
                  </ActLink>
                ))}
              </div>
            )}
          </Section>
          <Section title="Sessions">
            {sessions.length === 0 ? (
              <p className="row-detail">The customer is signed in nowhere.</p>
            ) : (
              <ul className="card rows" aria-label="Sessions">
                {sessions.map(({ id: sessionId, device, place, lastUsedAt }) => (
                  <li key={sessionId} className="row">
                    <span className="row-main">
                      <span className="row-title">{device}</span>
                      <span className="row-detail">{`${place} · Last used: ${shortTime(lastUsedAt)}`}</span>
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {sessions.length > 0 && hasRole(staff, 'OPERATOR') && (
              <div className="buttons">
                <ActLink to={`/desk/end-sessions?customer=${id}`}>End all sessions</ActLink>
              </div>
            )}
          </Section>
        </>
      )}
    </LookContent>
  );
}
