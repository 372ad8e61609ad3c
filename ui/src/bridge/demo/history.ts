import type { ActivityView, ChangeView, HistoryView, PointView, Reach, SiteView } from '../types';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const days: Record<Reach, number> = { month: 30, quarter: 90, year: 365 };

/** The same words make the same number, from 0 up to 1: made-up curves look alike every time. */
function chance(...words: (string | number)[]): number {
  let hash = 2166136261;
  for (const letter of words.join(' ')) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

function isWeekend(at: Date): boolean {
  return at.getDay() === 0 || at.getDay() === 6;
}

/** How a count stood so many days ago: it comes to the number of today, and rests on weekends. */
function stood(site: string, count: string, now: number, ago: number): number {
  let value = now;
  const swing = Math.max(1, Math.round(now / 12));
  for (let back = 1; back <= ago; back++) {
    if (isWeekend(new Date(Date.now() - (back - 1) * day))) continue;
    value -= Math.round((chance(site, count, back) - 0.47) * 2 * swing);
  }
  return Math.max(0, value);
}

/** When the day ended that was so many days ago; today it is when the site was counted. */
function endOf(ago: number): Date {
  const end = new Date(Date.now() - ago * day);
  end.setHours(ago === 0 ? end.getHours() : 18, ago === 0 ? end.getMinutes() : 25, 0, 0);
  return end;
}

/** The charts of a site. Nobody counted on some days: a holiday, a computer at home. */
export function historyOf({ id, counts }: SiteView, reach: Reach): HistoryView {
  const line = (count: string, now: number): PointView[] =>
    Array.from({ length: days[reach] }, (_, n) => days[reach] - 1 - n)
      .filter((ago) => ago === 0 || chance(id, 'gap', ago) > 0.06)
      .map((ago) => ({ at: endOf(ago).toISOString(), value: stood(id, count, now, ago) }));
  const counted = counts.filter(({ value }) => value !== null);
  return {
    series: counted.map(({ id: count, value }) => ({ count, points: line(count, value ?? 0) })),
  };
}

function dateOf(at: string): string {
  const local = new Date(at);
  const two = (number: number) => `${number}`.padStart(2, '0');
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
}

/** The site as a list shows it that knows how it went: a trend, and what is new. */
export function withPast(site: SiteView): SiteView {
  const { series } = historyOf(site, 'month');
  const first = site.counts.find(({ wish, value }) => !wish.hidden && value !== null);
  const line = series.find(({ count }) => count === first?.id);
  const since = (ago: number, count: string, now: number): ChangeView => ({
    by: now - stood(site.id, count, now, ago),
    since: endOf(ago).toISOString(),
  });
  return {
    ...site,
    trend: line
      ? {
          count: line.count,
          days: line.points.map(({ at, value }) => ({ day: dateOf(at), value })),
        }
      : null,
    counts: site.counts.map((count) => ({
      ...count,
      day: count.value === null ? null : since(1, count.id, count.value),
      visit: count.value === null ? null : since(3, count.id, count.value),
    })),
  };
}

/** What was done with a site lately. */
export function activityOf({
  identity,
  countedAt,
  connectedAt,
  trouble,
}: SiteView): ActivityView[] {
  const did = (ago: number, change: Partial<ActivityView>): ActivityView => ({
    at: new Date(Date.now() - ago).toISOString(),
    what: 'counted',
    word: null,
    code: null,
    ...change,
  });
  const story = [
    did(14 * minute, { what: 'copied', word: 'curl' }),
    did(38 * minute, { what: 'tokenRenewed' }),
    did(39 * minute, { what: 'recovered' }),
    did(80 * minute, { what: 'trouble', code: 'unreachable' }),
    did(3 * hour, { what: 'counted' }),
    did(26 * hour, { what: 'tested' }),
  ];
  const begun = did(0, { what: 'connected', word: identity?.text ?? null });
  const now: ActivityView[] = trouble
    ? [did(0, { at: trouble.since, what: 'trouble', code: trouble.error.code })]
    : countedAt
      ? [did(0, { at: countedAt })]
      : [];
  if (!connectedAt) return [];
  return [...now, ...story, { ...begun, at: connectedAt }].sort((a, b) => (a.at < b.at ? 1 : -1));
}
