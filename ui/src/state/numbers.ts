import type { RowHeight, SiteView } from '../bridge/types';

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

export function countOf(site: SiteView, id: string): number | null {
  return site.counts.find((count) => count.id === id)?.value ?? null;
}

export function hasCounts(site: SiteView): boolean {
  return site.counts.some((count) => count.value !== null);
}

/** The sum over all sites that have a number; null when none has. */
export function total(sites: SiteView[], id: string): number | null {
  const values = sites.map((site) => countOf(site, id)).filter((value) => value !== null);
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : null;
}
