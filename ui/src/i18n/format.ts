import { language, t } from './language.svelte';
import { ofLanguage, ofPlace } from './once';

const numbers = ofLanguage((tag) => new Intl.NumberFormat(tag));
const compactNumbers = ofLanguage(
  (tag) => new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 0 }),
);
const signedNumbers = ofLanguage(
  (tag) => new Intl.NumberFormat(tag, { signDisplay: 'exceptZero' }),
);
const lists = ofLanguage((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));
const days = ofLanguage((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
const times = ofPlace(
  (tag) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const datesAndTimes = ofPlace(
  (tag) =>
    new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }),
);
const daysOfYear = ofPlace(
  (tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' }),
);
const dates = ofPlace(
  (tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' }),
);

/** Dates follow the region of the desktop (en-GB, en-US) within the language of the window. */
function region(): string {
  const spoken = language();
  const fallback = spoken === 'en' ? 'en-GB' : spoken;
  return navigator.languages.find((name) => name.startsWith(`${spoken}-`)) ?? fallback;
}

export function number(value: number): string {
  return numbers(language()).format(value);
}

/** At most five characters, for the narrow list: "99K", "10万". */
export function compact(value: number): string {
  if (value < 10_000) return number(value);
  const text = compactNumbers(language()).format(value);
  if (text.length <= 5 && !text.endsWith('M')) return text;
  // Of a million a tenth is worth telling. German has a long word for it, and none for thousands.
  const thousands = Math.round(value / 1_000);
  if (thousands < 1_000) return `${thousands}k`;
  return `${number(Math.round(value / 100_000) / 10)}M`;
}

export function list(words: string[]): string {
  return lists(language()).format(words);
}

/** Whole sentences one after the other. */
export function sentences(...texts: string[]): string {
  return texts.join(t('language.sentenceGap'));
}

/** A span rounded down to what a person needs: "1 h 42 min", "38 min", "3 days". */
export function duration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  if (seconds < 60) return t('duration.underMinute');
  if (hours < 1) return t('duration.minutes', { minutes });
  if (hours < 10 && minutes > 0) return t('duration.hoursMinutes', { hours, minutes });
  if (hours < 48) return t('duration.hours', { hours });
  return t('duration.days', { count: Math.floor(hours / 24) });
}

/** A span as coarse as a glance needs it: "26 min", "3 h", "2 days". */
export function span(seconds: number): string {
  return duration(seconds < 3600 ? seconds : seconds - (seconds % 3600));
}

/** The same as how long ago; German declines its days after "vor". */
export function age(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  return hours < 48 ? span(seconds) : t('duration.daysGone', { count: Math.floor(hours / 24) });
}

export function seconds(value: number): string {
  return t('duration.seconds', { seconds: value });
}

/** "9:42", for a countdown of minutes. */
export function countdown(value: number): string {
  const left = Math.max(0, Math.floor(value));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

export function time(at: string | number): string {
  return times(region()).format(new Date(at));
}

export function dateTime(at: string | number): string {
  return datesAndTimes(region()).format(new Date(at));
}

/** The time alone today, "yesterday 18:20" and "tomorrow 9:05" beside it, else date and time. */
export function moment(at: string, now: number): string {
  const day = 86_400_000;
  // Rounded, as the clock is put forward and back in some countries.
  const away = Math.round((midnight(Date.parse(at)) - midnight(now)) / day);
  if (away === 0) return time(at);
  if (Math.abs(away) > 1) return dateTime(at);
  return `${days(language()).format(away, 'day')} ${time(at)}`;
}

export function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Seconds from `now` until `at`; negative once it is over. */
export function secondsUntil(at: string, now: number): number {
  return Math.round((Date.parse(at) - now) / 1000);
}

/** "+3" and "−6"; a real minus sign. */
export function signed(value: number): string {
  return signedNumbers(language()).format(value).replace('-', '−');
}

/** "22 Oct", with the year where it is not this one. */
export function day(at: number, now: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? daysOfYear : dates)(region()).format(new Date(at));
}

/** "22 Oct 2027". */
export function date(at: string): string {
  return dates(region()).format(new Date(at));
}

/** How long ago, spelled as everywhere else: "3 min ago", "2 h ago", "Yesterday", "3 days ago", then the day. */
export function ago(at: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(at)) / 60_000);
  const gone = Math.round((midnight(now) - midnight(Date.parse(at))) / 86_400_000);
  if (minutes < 1) return t('activity.justNow');
  if (minutes < 60 || gone === 0) return t('duration.ago', { duration: age(minutes * 60) });
  if (gone === 1) return capital(days(language()).format(-1, 'day'));
  if (gone < 7) return t('duration.ago', { duration: t('duration.daysGone', { count: gone }) });
  return day(Date.parse(at), now);
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
