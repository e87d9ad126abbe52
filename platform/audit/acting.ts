import type { Caller } from '../http/callers.ts';
import { type Identity, viewerOf } from '../identity/identity.ts';
import type { Manager } from '../postgres/database.ts';
import type { Actor } from './record-act.ts';

/** What a service needs to act for staff: the database, who acts and from where. */
export interface Acting {
  readonly em: Manager;
  readonly actor: Actor;
  readonly caller: Pick<Caller, 'sender'>;
}

/** Returns the parts of a request's context with its viewer as the actor. The permissions check the viewer's role. */
export function actingIn<
  Context extends { readonly em: Manager; readonly identity: Identity; readonly caller: Caller },
>(context: Context): Context & Acting {
  return { ...context, actor: viewerOf(context.identity) };
}

/** The id of the staff member; null for the command on the machine. */
export function staffIdOf(actor: Actor): string | null {
  return 'systemUser' in actor ? null : actor.id;
}
