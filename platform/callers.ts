import type { FastifyReply } from 'fastify';

/** Calls back once, when the answer has been sent or the client has gone, which may have happened already. */
export function whenOver({ raw }: FastifyReply, callBack: () => void): void {
  if (raw.destroyed) callBack();
  else raw.once('close', callBack);
}
