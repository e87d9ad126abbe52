import { DeadLettersMigration } from '#platform/messaging/dead-letters-index.ts';

export class DeadLetters extends DeadLettersMigration {}
