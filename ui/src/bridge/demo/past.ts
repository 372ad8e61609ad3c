import type { ActivityView, DayView, HistoryView, Reach, SiteView, TrendView } from '../types';

const dayLength = 86_400_000;

/** A believable way to a number: small steps around it; the same for the same seed. */
export function walk(end: number, seed: number, length: number): number[] {
  const step = Math.max(1, Math.round(end / 14));
  const [low, high] = [Math.floor(end * 0.55) - 1, Math.ceil(end * 1.25) + 1];
  let random = seed * 7919 + 13;
  const values = [end];
  for (let n = 1; n < length; n += 1) {
    random = (random * 48271) % 2147483647;
    const before = values[0] ?? 0;
    const by = before > high ? -step : before < low ? step : ((random % 5) - 2) * step;
    // Nothing happens on some days.
    values.unshift(Math.max(0, before + (random % 3 === 0 ? 0 : by)));
  }
  return values;
}

/** The last of `length` days ended `age` minutes ago. */
function days(length: number, age: number): Date[] {
  const last = new Date(Date.now() - age * 60_000);
  last.setHours(0, 0, 0, 0);
  return Array.from({ length }, (_, n) => {
    const day = new Date(last);
    day.setDate(day.getDate() - (length - 1 - n));
    return day;
  });
}

/** Whole days between two midnights. */
function gapTo(from?: Date, to?: Date): number {
  return from && to ? Math.round((to.getTime() - from.getTime()) / dayLength) : 0;
}

function name(day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Which days nobody counted on, counted from the first of thirty. */
export type Gap = [number, number];

export function trendOf(
  count: string,
  end: number,
  seed: number,
  { age = 0, length = 30, gap }: { age?: number; length?: number; gap?: Gap } = {},
): TrendView {
  const missing = gapTo(days(1, age)[0], days(1, 0)[0]);
  const values = walk(end, seed, length).slice(missing);
  const all: DayView[] = days(values.length, age).map((day, n) => ({
    day: name(day),
    value: values[n] ?? 0,
  }));
  return { count, days: all.filter((_, n) => !gap || n < gap[0] || n >= gap[1]) };
}

/** From the name, so that a site's lines are the same in every picture. */
export function seedOf(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
}

const lengths: Record<Reach, number> = { month: 30, quarter: 90, year: 365 };

/** What a site's counts were: in its list as in its chart. */
export function historyOf(site: SiteView, reach: Reach): HistoryView {
  const age = site.countedAt ? (Date.now() - Date.parse(site.countedAt)) / 60_000 : 0;
  const shown = new Set(site.trend?.days.map(({ day }) => day));
  const length = Math.max(lengths[reach], 30);
  const known = days(30, 0).map(name);
  const series = site.counts
    .filter(({ value }) => value !== null)
    .map(({ id, value }, n) => {
      const values = walk(value ?? 0, seedOf(site.id) + n, length);
      const all = days(length, age).map((day, at) => ({ day, value: values[at] ?? 0 }));
      const points = all
        .filter(({ day }) => Date.now() - day.getTime() < length * dayLength)
        .filter(({ day }) => !known.includes(name(day)) || shown.has(name(day)))
        .map(({ day, value: stood }) => {
          const listed = site.trend?.days.find((one) => one.day === name(day));
          const told = id === site.trend?.count && listed ? listed.value : stood;
          const at = Math.min(day.getTime() + 17 * 3_600_000, Date.now() - age * 60_000);
          return { at: new Date(at).toISOString(), value: told };
        });
      return { count: id, points };
    });
  // What is overdue is assigned.
  const assigned = series.find(({ count }) => count === 'assigned_open')?.points ?? [];
  for (const [at, point] of series.find(({ count }) => count === 'overdue')?.points.entries() ??
    []) {
    point.value = Math.min(point.value, assigned[at]?.value ?? point.value);
  }
  return { series: site.trend ? series : [] };
}

/** What happened lately with a connected site. */
export function activityOf(site: SiteView): ActivityView[] {
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const one = (
    minutes: number,
    what: ActivityView['what'],
    word: string | null = null,
    code: ActivityView['code'] = null,
  ): ActivityView => ({ at: at(minutes), what, word, code });
  if (!site.connectedAt) return [];
  const now =
    site.state === 'needsSignIn'
      ? [one(1200, 'refreshRefused'), one(1200, 'counted')]
      : [one(2, 'counted'), one(14, 'copied', 'curl'), one(19, 'tokenRenewed'), one(182, 'tested')];
  const before = [
    one(1630, 'recovered'),
    one(1671, 'trouble', null, 'unreachable'),
    one(2 * 1440, 'copied', 'raw'),
    one(4 * 1440, 'edited'),
    one(9 * 1440, 'trouble', null, 'rate_limited'),
    { at: site.connectedAt, what: 'connected', word: site.identity?.text ?? null, code: null },
  ] as ActivityView[];
  return [...now, ...before];
}
