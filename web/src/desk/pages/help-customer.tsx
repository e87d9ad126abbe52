import { useApolloClient } from '@apollo/client/react';
import type { ApolloClient } from '@apollo/client';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choices, TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { type Role, roles } from '../../graph/enumerations.generated.ts';
import type { Refusals } from '../../session/session.ts';
import { useAddress } from '../../use-address.ts';
import { CustomerIdInput } from '../components/customer-id-input.tsx';
import { ActPage, type Outcome } from '../components/act-page.tsx';
import { Reason, reasonProblem } from '../components/reason.tsx';
import {
  EndCustomerSessionsDocument,
  GrantRoleDocument,
  ResetSecondFactorsDocument,
  RestoreEmailDocument,
  RevokeRoleDocument,
} from '../operations.generated.ts';
import { roleNames } from '../staff.ts';

/** What the form holds. An act uses the values of its own fields. */
interface Values {
  readonly customerId: string;
  readonly reason: string;
  readonly email: string;
  readonly role: Role;
}

interface Payload {
  readonly customerId: string | null;
  readonly userErrors: Refusals;
}

/** An act for one customer. */
interface Help {
  readonly title: string;
  readonly button: string;
  readonly look: 'danger' | 'primary';
  /** The field that the act has in addition to the customer and the reason. */
  readonly extra?: 'email' | 'role';
  readonly send: (client: ApolloClient, values: Values) => Promise<Payload | null | undefined>;
  readonly outcome: Outcome;
}

const helps = {
  endSessions: {
    title: 'End all sessions',
    button: 'End all sessions',
    look: 'danger',
    send: async (client, { customerId, reason }) =>
      (await client.mutate({ mutation: EndCustomerSessionsDocument, variables: { input: { customerId, reason } } }))
        .data?.endCustomerSessions,
    outcome: {
      title: 'All sessions are ended',
      text: 'All sessions are ended and all API clients are revoked. The customer gets a message. Access tokens of sessions expire within ten minutes.',
    },
  },
  resetFactors: {
    title: 'Reset second factors',
    button: 'Reset second factors',
    look: 'danger',
    send: async (client, { customerId, reason }) =>
      (await client.mutate({ mutation: ResetSecondFactorsDocument, variables: { input: { customerId, reason } } })).data
        ?.resetSecondFactors,
    outcome: {
      title: 'The second factors are removed',
      text: 'The customer signs in with the password and sets new ones. The customer gets a message.',
    },
  },
  restoreEmail: {
    title: 'Restore an email address',
    button: 'Restore',
    look: 'danger',
    extra: 'email',
    send: async (client, { customerId, reason, email }) =>
      (await client.mutate({ mutation: RestoreEmailDocument, variables: { input: { customerId, reason, email } } }))
        .data?.restoreEmail,
    outcome: {
      title: 'The address is waiting for its proof',
      text: 'The address changes when the customer uses the link in the message, or at once if this server does not verify addresses. All sessions, API clients and second factors then end.',
    },
  },
  grantRole: {
    title: 'Grant a role',
    button: 'Grant',
    look: 'primary',
    extra: 'role',
    send: async (client, { customerId, reason, role }) =>
      (await client.mutate({ mutation: GrantRoleDocument, variables: { input: { customerId, reason, role } } })).data
        ?.grantRole,
    outcome: {
      title: 'The role is granted',
      text: 'It takes effect with the next sign-in with a second factor. The staff member gets a message.',
    },
  },
  revokeRole: {
    title: 'Revoke a role',
    button: 'Revoke',
    look: 'danger',
    extra: 'role',
    send: async (client, { customerId, reason, role }) =>
      (await client.mutate({ mutation: RevokeRoleDocument, variables: { input: { customerId, reason, role } } })).data
        ?.revokeRole,
    outcome: {
      title: 'The role is revoked',
      text: 'Access tokens with it expire within minutes. The staff member gets a message.',
    },
  },
} as const satisfies Readonly<Record<string, Help>>;

/** The page of an act for one customer. The address can name the customer and the role. */
export default function HelpCustomer({ act }: { readonly act: keyof typeof helps }) {
  const help: Help = helps[act];
  return <ActPage title={help.title}>{(show) => <HelpForm help={help} show={show} />}</ActPage>;
}

function HelpForm({ help, show }: { readonly help: Help; readonly show: (outcome: Outcome) => void }) {
  const { title, button, look, extra, send, outcome } = help;
  const client = useApolloClient();
  const address = useAddress();
  const [customerId, setCustomerId] = useState(address.get('customer'));
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>(address.choice('role', roleNames, 'SUPPORT'));
  const [reason, setReason] = useState('');
  const problems = {
    customerId: customerId.trim() === '' ? 'Enter the id of the customer.' : null,
    email: extra === 'email' && email.trim() === '' ? 'Enter the email address.' : null,
    role: null,
    reason: reasonProblem(reason),
  };
  const submission = useSubmission(problems, async () => {
    const payload = await send(client, { customerId: customerId.trim(), reason, email: email.trim(), role });
    if (payload?.customerId != null) show(outcome);
    return payload?.userErrors ?? [];
  });
  return (
    <Form submission={submission} label={title}>
      <CustomerIdInput value={customerId} onChange={setCustomerId} />
      {extra === 'email' && (
        <TextInput
          label="Email address"
          name="email"
          value={email}
          onChange={setEmail}
          autoComplete="off"
          hint="An address that the customer has shown to be theirs. It gets a link that proves it."
          isRequired
        />
      )}
      {extra === 'role' && (
        <Choices
          label="Role"
          name="role"
          value={role}
          onChange={(chosen) => setRole(chosen as Role)}
          choices={roles.map((id) => ({ id, label: roleNames[id] }))}
        />
      )}
      <Reason value={reason} onChange={setReason} />
      <Button type="submit" look={look} wide isPending={submission.isPending}>
        {button}
      </Button>
    </Form>
  );
}
