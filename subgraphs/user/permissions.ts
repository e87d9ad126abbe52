import { auditPermissions, readsOneCustomer } from '#platform/audit/permissions.ts';
import { deadLetterPermissions } from '#platform/messaging/dead-letter-permissions.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import {
  allow,
  closedToClients,
  isAnyone,
  isClient,
  isStaff,
  isViewer,
  isViewerOrNobody,
  type Permissions,
  rule,
} from '#platform/graphql/shield.ts';
import type { UserContext } from './context.ts';
import type { UserRow } from './entities/user.ts';

/** The user is the viewer, for whom an API client may act, or this request signed the user in. */
const isOwnId = rule('isOwnId')(({ id }: UserRow, _args, { identity, signedIn }: UserContext) =>
  signedIn.has(id) || (identity.token === 'valid' && identity.viewer.id === id) ? true : unauthenticated(),
);

/** The same, but not an API client: the profile names no scope. */
const isOneself = rule('isOneself')(({ id }: UserRow, _args, { identity, signedIn }: UserContext) => {
  if (signedIn.has(id)) return true;
  if (identity.token !== 'valid' || identity.viewer.id !== id) return unauthenticated();
  return isClient(identity) ? closedToClients() : true;
});

/** The permissions of each field; a field without an entry is denied. The mutations with `isAnyone` need no token. */
export const permissions: Permissions = {
  Query: {
    userAuditLog: isStaff('AUDITOR'),
    userDeadLetters: isStaff('OPERATOR'),
    viewer: isViewerOrNobody,
    customer: readsOneCustomer,
    customerRecord: readsOneCustomer,
    shop: isViewer,
  },
  Mutation: {
    register: isAnyone,
    login: isAnyone,
    refreshToken: isAnyone,
    logout: isAnyone,
    // The link of a message is the proof. A code needs its customer's token, which the service checks.
    proveEmail: isAnyone,
    undoEmailChange: isAnyone,
    requestPasswordReset: isAnyone,
    resetPassword: isAnyone,
    requestEmailProof: isViewer,
    completeLogin: isAnyone,
    updateProfile: isViewer,
    changePassword: isViewer,
    deleteUser: isViewer,
    exportMyData: isViewer,
    downloadMyData: isViewer,
    takeMyData: isViewer,
    confirmIdentity: isViewer,
    endSession: isViewer,
    endOtherSessions: isViewer,
    requestIdentityCode: isViewer,
    beginTotp: isViewer,
    enableTotp: isViewer,
    disableTotp: isViewer,
    renewRecoveryCodes: isViewer,
    beginPasskeyRegistration: isViewer,
    addPasskey: isViewer,
    removePasskey: isViewer,
    beginPasskeyConfirmation: isViewer,
    beginPasskeyLogin: isAnyone,
    issueClientToken: isAnyone,
    createApiClient: isViewer,
    rotateApiClientSecret: isViewer,
    revokeApiClient: isViewer,
    endCustomerSessions: isStaff('OPERATOR'),
    resetSecondFactors: isStaff('OPERATOR'),
    restoreEmail: isStaff('OPERATOR'),
    resendMessage: isStaff('OPERATOR'),
    grantRole: isStaff('OPERATOR'),
    revokeRole: isStaff('OPERATOR'),
    replayUserDeadLetter: isStaff('OPERATOR'),
  },
  User: {
    id: isOwnId,
    email: isOneself,
    emailProved: isOneself,
    pendingEmail: isOneself,
    name: isOneself,
    createdAt: isOneself,
    dataExport: isOneself,
    sessions: isOneself,
    secondFactors: isOneself,
    accountAccess: isOneself,
    apiClients: isOneself,
  },
  CustomerRecord: readsOneCustomer,
  CustomerActPayload: isStaff('OPERATOR'),
  // Read through a user, which is oneself, or through a record.
  Session: allow,
  SecondFactors: allow,
  Passkey: allow,
  AuthPayload: allow,
  SecondFactorChallenge: allow,
  ApiClient: isViewer,
  Shop: allow,
  ApiClientEdge: isViewer,
  ApiClientConnection: isViewer,
  ApiClientPayload: isViewer,
  ApiClientSecretPayload: isViewer,
  ClientTokenPayload: allow,
  ConfirmationPayload: isViewer,
  TotpSetupPayload: isViewer,
  RecoveryCodesPayload: isViewer,
  PasskeyOptionsPayload: isViewer,
  AddPasskeyPayload: isViewer,
  PasskeyLoginPayload: allow,
  UserPayload: isViewer,
  LogoutPayload: allow,
  DeleteUserPayload: isViewer,
  DataExport: isViewer,
  DataExportPayload: isViewer,
  DataExportLinkPayload: isViewer,
  MailRequestPayload: allow,
  EmailPayload: allow,
  ResetPasswordPayload: allow,
  UserError: allow,
  ...auditPermissions,
  ...deadLetterPermissions,
  PageInfo: allow,
};
