export const webhookStatuses = ['ENABLED', 'FAILING', 'DISABLED'] as const;

/** Why a webhook is disabled. */
export const disabledReasons = ['OWNER', 'FAILING', 'GONE'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

interface Health {
  readonly disabledAt: Date | null;
  /** How many attempts have failed since the last success. */
  readonly failures: number;
}

export function statusOf({ disabledAt, failures }: Health): (typeof webhookStatuses)[number] {
  if (disabledAt !== null) return 'DISABLED';
  return failures > 0 ? 'FAILING' : 'ENABLED';
}
