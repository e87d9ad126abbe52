import { isStaff, isViewer, type Permissions } from '../graphql/shield.ts';

/** The permissions of the types of the audit log, in each subgraph that has one. */
export const auditPermissions: Permissions = {
  AuditEntry: isStaff('AUDITOR'),
  AuditEdge: isStaff('AUDITOR'),
  AuditConnection: isStaff('AUDITOR'),
  CustomerAct: isViewer,
  CustomerActEdge: isViewer,
  CustomerActConnection: isViewer,
};
