const dayMs = 86_400_000;

/** `Today, 14:03`, `Yesterday, 14:03`, otherwise the date with the time. */
export function shortTime(iso: string): string {
  return `${dayName(iso)}, ${timeOfDay(iso)}`;
}

export function timeOfDay(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(new Date(iso));
}

/** `Today`, `Yesterday`, otherwise the date. */
export function dayName(iso: string): string {
  const days = Math.round((startOfDay(new Date()).getTime() - startOfDay(new Date(iso)).getTime()) / dayMs);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return day(iso);
}

/** With seconds and the time zone. */
export function fullTime(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'long' }).format(new Date(iso));
}

export function day(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(iso));
}

/** The first moment of a day in the time zone of this machine; null where the text is not a date such as `2026-01-31`. */
export function dayBegins(date: string): string | null {
  return isoOf(`${date}T00:00:00.000`);
}

/** The last moment of the day. */
export function dayEnds(date: string): string | null {
  return isoOf(`${date}T23:59:59.999`);
}

/** With this machine's time zone, so that the server sees which day is meant. */
function isoOf(local: string): string | null {
  const moment = new Date(local);
  if (Number.isNaN(moment.getTime())) return null;
  const offsetMinutes = -moment.getTimezoneOffset();
  const shifted = new Date(moment.getTime() + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const [hours, minutes] = [Math.trunc(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  return `${shifted}${offsetMinutes < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`;
}

const twoDigits = (number: number) => Math.trunc(number).toString().padStart(2, '0');

function startOfDay(moment: Date): Date {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
}
