import { actingIn } from '#platform/audit/acting.ts';
import { auditEntryView, customerActView } from '#platform/audit/audit-views.ts';
import { listDeadLetters } from '#platform/messaging/dead-letters.ts';
import { replayDeadLetter } from '#subgraphs/replay-dead-letter.ts';
import { listActs, listActsOn } from '#platform/audit/list-acts.ts';
import { seesMasked } from '#platform/identity/customer-record.ts';
import { maskedEmail } from '#platform/identity/masking.ts';
import { type Identity, ownReference, viewerReference } from '#platform/identity/identity.ts';
import { isRefusal, payload, type Refusal, userErrors } from '#platform/errors/refusal.ts';
import { dateTimeScalar } from '#platform/graphql/scalars.ts';
import { now } from '#platform/process/clock.ts';
import { dataExportState } from './domain/data-export.ts';
import { findShop, listApiClients } from './services/api-clients.ts';
import { createApiClient, revokeApiClient, rotateApiClientSecret } from './services/change-api-clients.ts';
import { newestDataExport } from './services/data-exports.ts';
import { downloadMyData } from './services/download-my-data.ts';
import { exportMyData } from './services/export-my-data.ts';
import { findPendingEmail } from './services/email-proofs.ts';
import { beginPasskeyLogin } from './services/begin-passkey-login.ts';
import { beginTotp, disableTotp, enableTotp, renewRecoveryCodes } from './services/change-factors.ts';
import {
  addPasskey,
  beginPasskeyConfirmation,
  beginPasskeyRegistration,
  removePasskey,
} from './services/change-passkeys.ts';
import { changePassword } from './services/change-password.ts';
import { type Challenge, completeLogin } from './services/complete-login.ts';
import { confirmIdentity } from './services/confirm-identity.ts';
import { deleteUser } from './services/delete-user.ts';
import { endOtherSessions, endSession } from './services/end-sessions.ts';
import { openSessions } from './services/find-sessions.ts';
import { issueClientToken } from './services/issue-client-token.ts';
import { login } from './services/login.ts';
import { endCustomerSessions, resetSecondFactors } from './services/help-customer.ts';
import { grantRole, revokeRole } from './services/change-role.ts';
import { restoreEmail } from './services/restore-email.ts';
import { logout } from './services/logout.ts';
import { findRecord, lookAtCustomer, recordOf } from './services/look-at-customer.ts';
import { type ProvedEmail, proveEmail } from './services/prove-email.ts';
import { refreshToken } from './services/refresh-token.ts';
import { register } from './services/register.ts';
import { heldRoles } from './services/role-grants.ts';
import { requestIdentityCode } from './services/identity-codes.ts';
import { requestEmailProof } from './services/request-email-proof.ts';
import { requestPasswordReset } from './services/request-password-reset.ts';
import { resendMessage } from './services/resend-message.ts';
import { resetPassword } from './services/reset-password.ts';
import { passkeysOf } from './services/passkeys.ts';
import { hasApp, recoveryCodesLeft } from './services/second-factors.ts';
import type { OpenSession } from './services/sessions.ts';
import { takeMyData } from './services/take-my-data.ts';
import { undoEmailChange } from './services/undo-email-change.ts';
import { updateProfile } from './services/update-profile.ts';
import type { Resolvers, UserErrorCode } from './types.generated.ts';

export const resolvers: Resolvers = {
  DateTime: dateTimeScalar,
  Query: {
    userAuditLog: (_root, args, { em }) => listActs(em, args),
    userDeadLetters: async (_root, args, { em }) => await listDeadLetters(em, args),
    viewer: async (_root, _args, { identity, users }) => {
      const reference = viewerReference(identity);
      return reference === null ? null : await users.load(reference.id);
    },
    customer: async (_root, args, context) => await lookAtCustomer(actingIn(context), args),
    customerRecord: async (_root, { permit }, context) => await findRecord(context, permit),
    shop: async (_root, { id }, { em }) => await findShop(em, id),
  },
  AuditEntry: auditEntryView,
  CustomerAct: customerActView,
  Mutation: {
    replayUserDeadLetter: async (_root, { input }, context) => await replayDeadLetter(actingIn(context), input),
    register: async (_root, { input }, context) => authPayload(await register(context, input)),
    login: async (_root, { input }, context) => authPayload(await login(context, input)),
    refreshToken: async (_root, { input }, context) => authPayload(await refreshToken(context, input)),
    logout: async (_root, { input }, context) => errorsPayload(await logout(context, input)),
    updateProfile: async (_root, { input }, context) => payload('user', await updateProfile(context, input)),
    changePassword: async (_root, { input }, context) => authPayload(await changePassword(context, input)),
    requestEmailProof: async (_root, _args, context) => errorsPayload(await requestEmailProof(context)),
    proveEmail: async (_root, { input }, context) => emailPayload(await proveEmail(context, input)),
    undoEmailChange: async (_root, { input }, context) => emailPayload(await undoEmailChange(context, input)),
    requestPasswordReset: async (_root, { input }, context) =>
      errorsPayload(await requestPasswordReset(context, input)),
    resetPassword: async (_root, { input }, context) => errorsPayload(await resetPassword(context, input)),
    completeLogin: async (_root, { input }, context) => authPayload(await completeLogin(context, input)),
    confirmIdentity: async (_root, { input }, context) => flatPayload(await confirmIdentity(context, input)),
    endSession: async (_root, { input }, context) => payload('user', await endSession(context, input)),
    endOtherSessions: async (_root, _args, context) => payload('user', await endOtherSessions(context)),
    requestIdentityCode: async (_root, _args, context) => errorsPayload(await requestIdentityCode(context)),
    beginTotp: async (_root, _args, context) => flatPayload(await beginTotp(context)),
    enableTotp: async (_root, { input }, context) => flatPayload(await enableTotp(context, input)),
    disableTotp: async (_root, { input }, context) => payload('user', await disableTotp(context, input)),
    renewRecoveryCodes: async (_root, { input }, context) => flatPayload(await renewRecoveryCodes(context, input)),
    beginPasskeyRegistration: async (_root, { input }, context) =>
      flatPayload(await beginPasskeyRegistration(context, input)),
    addPasskey: async (_root, { input }, context) => flatPayload(await addPasskey(context, input)),
    removePasskey: async (_root, { input }, context) => payload('user', await removePasskey(context, input)),
    beginPasskeyConfirmation: async (_root, _args, context) => flatPayload(await beginPasskeyConfirmation(context)),
    beginPasskeyLogin: async (_root, _args, context) => flatPayload(await beginPasskeyLogin(context)),
    createApiClient: async (_root, { input }, context) => flatPayload(await createApiClient(context, input)),
    rotateApiClientSecret: async (_root, { input }, context) =>
      flatPayload(await rotateApiClientSecret(context, input)),
    revokeApiClient: async (_root, { input }, context) => payload('apiClient', await revokeApiClient(context, input)),
    issueClientToken: async (_root, { input }, context) => flatPayload(await issueClientToken(context, input)),
    deleteUser: async (_root, { input }, context) => {
      const outcome = await deleteUser(context, input);
      return isRefusal(outcome)
        ? { deletedUserId: null, userErrors: userErrors(outcome) }
        : { deletedUserId: outcome.id, userErrors: [] };
    },
    endCustomerSessions: async (_root, { input }, context) =>
      flatPayload(await endCustomerSessions(actingIn(context), input)),
    resetSecondFactors: async (_root, { input }, context) =>
      flatPayload(await resetSecondFactors(actingIn(context), input)),
    restoreEmail: async (_root, { input }, context) => flatPayload(await restoreEmail(actingIn(context), input)),
    grantRole: async (_root, { input }, context) => flatPayload(await grantRole(actingIn(context), input)),
    resendMessage: async (_root, { input }, context) => flatPayload(await resendMessage(actingIn(context), input)),
    revokeRole: async (_root, { input }, context) => flatPayload(await revokeRole(actingIn(context), input)),
    exportMyData: async (_root, { input }, context) => payload('dataExport', await exportMyData(context, input ?? {})),
    downloadMyData: async (_root, { input }, context) => {
      const outcome = await downloadMyData(context, input);
      return isRefusal(outcome) ? { userErrors: userErrors(outcome) } : { ...outcome, userErrors: [] };
    },
    takeMyData: async (_root, { input }, context) => payload('dataExport', await takeMyData(context, input)),
  },
  DataExport: { state: (row) => dataExportState(row, now()) },
  User: {
    accountAccess: ({ id }, args, { em }) => listActsOn(em, id, args),
    dataExport: async ({ id }, _args, { em }) => await newestDataExport(em, id),
    emailProved: ({ emailProvedAt }) => emailProvedAt != null,
    pendingEmail: async ({ id }, _args, { em }) => await findPendingEmail(em, id),
    __resolveReference: async (reference, { identity, users }) => {
      const own = ownReference(reference, identity);
      return own === null ? null : await users.load(own.id);
    },
    sessions: async ({ id }, _args, { em, rules }) => await openSessions(em, id, rules),
    secondFactors: ({ id: userId }) => ({ userId }),
    apiClients: async ({ id }, args, { em }) => await listApiClients(em, id, args),
  },
  CustomerRecord: {
    __resolveReference: async (reference, context) => await recordOf(context, reference),
    id: ({ user }) => user.id,
    name: ({ user }) => user.name,
    createdAt: ({ user }) => user.createdAt,
    email: ({ user }, _args, { identity }) => shownEmail(user.email, identity),
    emailProved: ({ user }) => user.emailProvedAt != null,
    pendingEmail: async ({ user }, _args, { em, identity }) => {
      const pending = await findPendingEmail(em, user.id);
      return pending === null ? null : shownEmail(pending, identity);
    },
    roles: async ({ user }, _args, { em }) => await heldRoles(em, user.id),
    sessions: async ({ user }, _args, { em, rules }) => await openSessions(em, user.id, rules),
    secondFactors: ({ user }) => ({ userId: user.id }),
  },
  Session: {
    current: ({ id }, _args, { identity }) => identity.token === 'valid' && identity.viewer.sessionId === id,
  },
  SecondFactors: {
    totp: async ({ userId }, _args, { em }) => await hasApp(em, userId),
    passkeys: async ({ userId }, _args, { em }) => await passkeysOf(em, userId),
    recoveryCodesLeft: async ({ userId }, _args, { em }) => await recoveryCodesLeft(em, userId),
  },
};

const shownEmail = (email: string, identity: Identity) => (seesMasked(identity) ? maskedEmail(email) : email);

function emailPayload(outcome: ProvedEmail | Refusal<UserErrorCode>) {
  return isRefusal(outcome)
    ? { email: null, userErrors: userErrors(outcome) }
    : { email: outcome.email, userErrors: [] };
}

function errorsPayload(refused: Refusal<UserErrorCode> | null) {
  return { userErrors: refused === null ? [] : userErrors(refused) };
}

type SignIn = OpenSession | { readonly challenge: Challenge };

const authPayload = (outcome: SignIn | Refusal<UserErrorCode>) => flatPayload<SignIn>(outcome);

/** The result's own fields, or the refusals. */
function flatPayload<Value extends object>(
  outcome: Value | Refusal<UserErrorCode>,
): (Value & { userErrors: never[] }) | { userErrors: ReturnType<typeof userErrors<UserErrorCode>> } {
  return isRefusal(outcome) ? { userErrors: userErrors(outcome) } : { ...outcome, userErrors: [] };
}
