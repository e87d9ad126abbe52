/** What a customer has sent to others without a confirmation, in cents of US dollars. */
export interface SentAmount {
  readonly sentMinor: bigint;
  readonly dayBeforeMinor: bigint;
}

/** The amount, `daysLater` days after the day that it is of. A transfer counts on its day and on the next. */
export function afterDays({ sentMinor, dayBeforeMinor }: SentAmount, daysLater: number): SentAmount {
  // The clock may have been set back.
  if (daysLater <= 0) return { sentMinor, dayBeforeMinor };
  return { sentMinor: 0n, dayBeforeMinor: daysLater === 1 ? sentMinor : 0n };
}
