import type { InferKyselyTable } from '@mikro-orm/postgresql';
import type { DatabaseDefinition, Manager } from '#platform/database.ts';
import { Contact } from './entities/contact.ts';
import { Notification } from './entities/notification.ts';
import { Notifications } from './migrations/2026-11-21-notifications.ts';

export const database: DatabaseDefinition = {
  entities: [Notification, Contact],
  migrations: [{ name: '2026-11-21-notifications', class: Notifications }],
};

const naming = { columnNamingStrategy: 'property' } as const;

interface Tables {
  notifications: InferKyselyTable<typeof Notification, typeof naming>;
  contacts: InferKyselyTable<typeof Contact, typeof naming>;
}

/** Typed queries, in the transaction of `em` if it is in one. */
export const tables = (em: Manager) => em.getKysely<Tables>(naming);
