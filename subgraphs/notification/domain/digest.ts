import { inert } from '#platform/mail/inert.ts';
import type { LetterPart } from '#platform/mail/letter.ts';
import { emailSubjects, type NotificationKind } from './messages.ts';

/** The message for notifications that were held. It contains no words of other customers. */
export function digest(name: string, counts: ReadonlyMap<NotificationKind, number>, publicUrl: string) {
  const parts: LetterPart[] = [
    `Hello ${inert(name)},`,
    'We did not send these messages by email one by one. They wait for you in your wallet:',
    [...counts].map(([kind, count]) => `${count} × ${emailSubjects[kind]}`).join('\n'),
    { label: 'Read your messages', url: `${publicUrl.replace(/\/+$/, '')}/messages` },
  ];
  return { subject: 'Your new messages', parts };
}
