import type { CountView, RowHeight, SiteView } from '../bridge/types';
import { pointsOf, weekChange } from './trend';

/** The counts of the overview, in the order of its columns. */
export const columns = [
  'assigned_open',
  'overdue',
  'due_today',
  'created_open',
  'watched_open',
  'open',
] as const;

export type Column = (typeof columns)[number];

export type Density = 'tall' | 'regular' | 'line';

/** Rows shrink as the list grows, unless a person wants them otherwise. */
export function densityOf(sites: number, wanted: RowHeight = 'auto'): Density {
  if (wanted !== 'auto') return wanted;
  if (sites <= 4) return 'tall';
  return sites <= 12 ? 'regular' : 'line';
}

/** What the person wants to see, in their order. */
export function shownCounts({ counts }: SiteView): CountView[] {
  return counts.filter(({ wish }) => !wish.hidden);
}

export function countOf(site: SiteView, id: string): number | null {
  return site.counts.find((count) => count.id === id && !count.wish.hidden)?.value ?? null;
}

export function hasCounts(site: SiteView): boolean {
  return site.counts.some((count) => count.value !== null);
}

/** Whether a count has reached the number from which on the person calls it too many. */
export function isWarning({ value, wish }: CountView): boolean {
  return !wish.hidden && wish.warn !== null && value !== null && value >= wish.warn;
}

/** The sum over all sites that have a number; null when none has. */
export function total(sites: SiteView[], id: string): number | null {
  const values = sites.map((site) => countOf(site, id)).filter((value) => value !== null);
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : null;
}

/** How many of the sites that have numbers have this one. */
export function share(sites: SiteView[], id: string): { has: number; of: number } {
  const counted = sites.filter(hasCounts);
  return { has: counted.filter((site) => countOf(site, id) !== null).length, of: counted.length };
}

/** How a total moved in seven days; null unless it is known of every site that is in it. */
export function totalChange(sites: SiteView[], id: string, now: number): number | null {
  const counted = sites.filter((site) => countOf(site, id) !== null);
  const changes = counted.map(({ trend }) =>
    trend?.count === id ? weekChange(pointsOf(trend), now) : null,
  );
  if (changes.length === 0 || changes.includes(null)) return null;
  return changes.reduce<number>((sum, by) => sum + (by ?? 0), 0);
}
