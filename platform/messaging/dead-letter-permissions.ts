import { isStaff, type Permissions } from '../graphql/shield.ts';

/** The permissions of the types of dead letters, in each subgraph that has an outbox. */
export const deadLetterPermissions: Permissions = {
  DeadLetter: isStaff('OPERATOR'),
  DeadLetterEdge: isStaff('OPERATOR'),
  DeadLetterConnection: isStaff('OPERATOR'),
  DeadLetterPayload: isStaff('OPERATOR'),
};
