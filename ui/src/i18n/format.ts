import { language, t } from './language.svelte';

/** Dates follow the region of the desktop (en-GB, en-US) within the language of the window. */
function region(): string {
  const spoken = language();
  const fallback = spoken === 'en' ? 'en-GB' : spoken;
  return navigator.languages.find((name) => name.startsWith(`${spoken}-`)) ?? fallback;
}

export function number(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** At most five characters, for the narrow list: "99K", "10万". */
export function compact(value: number): string {
  const options: Intl.NumberFormatOptions = { notation: 'compact', maximumFractionDigits: 0 };
  return value < 10_000 ? number(value) : new Intl.NumberFormat(language(), options).format(value);
}

export function list(words: string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(words);
}

/** Whole sentences one after the other. */
export function sentences(...texts: string[]): string {
  return texts.join(t().language.sentenceGap);
}

/** A span rounded down to what a person needs: "1 h 42 min", "38 min", "3 days". */
export function duration(seconds: number): string {
  const words = t().duration;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return words.underMinute;
  if (hours < 1) return words.minutes(minutes);
  if (hours < 10 && minutes % 60 > 0) return words.hoursMinutes(hours, minutes % 60);
  if (hours < 48) return words.hours(hours);
  return words.days(Math.floor(hours / 24));
}

/** How long ago, as coarse as a glance needs it: "26 min", "3 h", "2 days". */
export function age(seconds: number): string {
  return duration(seconds < 3600 ? seconds : seconds - (seconds % 3600));
}

export function seconds(value: number): string {
  return t().duration.seconds(value);
}

/** "9:42", for a countdown of minutes. */
export function countdown(value: number): string {
  const left = Math.max(0, Math.floor(value));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

export function time(at: string | number): string {
  const options: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  };
  return new Intl.DateTimeFormat(region(), options).format(new Date(at));
}

export function dateTime(at: string | number): string {
  const options: Intl.DateTimeFormatOptions = {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  };
  return new Intl.DateTimeFormat(region(), options).format(new Date(at));
}

/** The time alone today, "yesterday 18:20" and "tomorrow 9:05" beside it, else date and time. */
export function moment(at: string, now: number): string {
  const day = 86_400_000;
  // Rounded, as the clock is put forward and back in some countries.
  const days = Math.round((midnight(Date.parse(at)) - midnight(now)) / day);
  if (days === 0) return time(at);
  if (Math.abs(days) > 1) return dateTime(at);
  const name = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(days, 'day');
  return `${name} ${time(at)}`;
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
  const options: Intl.NumberFormatOptions = { signDisplay: 'exceptZero' };
  return new Intl.NumberFormat(language(), options).format(value).replace('-', '−');
}

/** "22 Oct", with the year where it is not this one. */
export function day(at: number, now: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  if (!isThisYear) options.year = 'numeric';
  return new Intl.DateTimeFormat(region(), options).format(new Date(at));
}

/** How long ago, in the words of the language: "3 min ago", "2 hr ago", then the day. */
export function ago(at: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(at)) / 60_000);
  const days = Math.round((midnight(now) - midnight(Date.parse(at))) / 86_400_000);
  const relative = new Intl.RelativeTimeFormat(region(), { numeric: 'auto', style: 'short' });
  if (minutes < 1) return t().activity.justNow;
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (days === 0) return relative.format(-Math.floor(minutes / 60), 'hour');
  if (days < 7) return capital(relative.format(-days, 'day'));
  return day(Date.parse(at), now);
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
