import { isStaff, isViewer, type Permissions } from '../graphql/shield.ts';

/** Reads about one customer, with a recorded look. */
export const readsOneCustomer = isStaff('SUPPORT', 'OPERATOR', 'AUDITOR');

/** The permissions of the types of the audit log, in each subgraph that has one. */
export const auditPermissions: Permissions = {
  AuditEntry: isStaff('AUDITOR'),
  AuditEdge: isStaff('AUDITOR'),
  AuditConnection: isStaff('AUDITOR'),
  CustomerAct: isViewer,
  CustomerActEdge: isViewer,
  CustomerActConnection: isViewer,
};
