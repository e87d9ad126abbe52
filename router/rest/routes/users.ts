import { tokens, user, userErrors } from '../fragments.ts';
import type { Route } from '../route.ts';

const location = '/users/me';

export const users: readonly Route[] = [
  {
    method: 'POST',
    path: '/users',
    tag: 'Users',
    summary: 'Register: creates a customer with an account in each currency, and a session.',
    document: `mutation RestRegister($email: String!, $name: String!, $password: String!) {
  payload: register(input: { email: $email, name: $name, password: $password }) { ...Tokens ${userErrors} }
}
${tokens}`,
    result: ['payload'],
    answer: { kind: 'session', isNew: true, location },
    refusals: ['EMAIL_TAKEN', 'INVALID_EMAIL', 'INVALID_NAME', 'WEAK_PASSWORD'],
    isPublic: true,
  },
  {
    method: 'GET',
    path: '/users/me',
    tag: 'Users',
    summary: 'Read the signed-in customer.',
    document: `query RestUser { viewer { ...User } }
${user}`,
    result: ['viewer'],
    answer: { kind: 'object' },
  },
  {
    method: 'PATCH',
    path: '/users/me',
    tag: 'Users',
    summary:
      'Change the name, and begin a change of the email address. A member that is left out or null stays as it is.',
    document: `mutation RestUpdateUser($email: String, $name: String, $confirmation: String) {
  payload: updateProfile(input: { email: $email, name: $name, confirmation: $confirmation }) {
    user { ...User } ${userErrors}
  }
}
${user}`,
    result: ['payload', 'user'],
    answer: { kind: 'changed' },
    refusals: ['EMAIL_TAKEN', 'INVALID_EMAIL', 'INVALID_NAME', 'CONFIRMATION_REQUIRED', 'TOO_MANY_ATTEMPTS'],
  },
  {
    method: 'DELETE',
    path: '/users/me',
    tag: 'Users',
    summary: 'Close the accounts and delete the personal data. Every account must be empty.',
    document: `mutation RestDeleteUser($password: String!, $confirmation: String) {
  payload: deleteUser(input: { password: $password, confirmation: $confirmation }) { deletedUserId ${userErrors} }
}`,
    result: ['payload', 'deletedUserId'],
    answer: { kind: 'nothing' },
    refusals: [
      'ACCOUNT_NOT_EMPTY',
      'ACCOUNT_FROZEN',
      'PAYMENTS_UNDER_WAY',
      'INVALID_CREDENTIALS',
      'CONFIRMATION_REQUIRED',
      'TOO_MANY_ATTEMPTS',
    ],
  },
  {
    method: 'PUT',
    path: '/users/me/password',
    tag: 'Users',
    summary: 'Change the password: ends every session, and starts a new one.',
    document: `mutation RestChangePassword($currentPassword: String!, $newPassword: String!, $confirmation: String) {
  payload: changePassword(
    input: { currentPassword: $currentPassword, newPassword: $newPassword, confirmation: $confirmation }
  ) { ...Tokens ${userErrors} }
}
${tokens}`,
    result: ['payload'],
    answer: { kind: 'session', isNew: false },
    refusals: ['INVALID_CREDENTIALS', 'WEAK_PASSWORD', 'CONFIRMATION_REQUIRED', 'TOO_MANY_ATTEMPTS'],
  },
  {
    method: 'POST',
    path: '/users/me/confirmations',
    tag: 'Users',
    summary: 'Confirm the password and the second factor, for a change that needs a `confirmation`.',
    document: `mutation RestConfirmIdentity($password: String!, $code: String, $recoveryCode: String) {
  payload: confirmIdentity(input: { password: $password, code: $code, recoveryCode: $recoveryCode }) {
    confirmation expiresAt ${userErrors}
  }
}`,
    result: ['payload'],
    answer: { kind: 'changed' },
    refusals: ['INVALID_CREDENTIALS', 'SECOND_FACTOR_REQUIRED', 'INVALID_CODE', 'TOO_MANY_ATTEMPTS'],
  },
];
