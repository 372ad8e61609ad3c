import type { SiteView } from '../bridge/types';
import { standingOf } from './standing';

/** Counts are asked for every five minutes; these have missed some rounds. */
const late = 15 * 60;

/** Seconds since the counts were confirmed; null when that is not known, as after a clock was set back. */
export function ageOf({ countedAt }: SiteView, now: number): number | null {
  if (!countedAt) return null;
  const age = Math.round((now - Date.parse(countedAt)) / 1000);
  return age < -60 ? null : Math.max(0, age);
}

/** Whether the counts on show may not be the present ones any more, and must not look as if they were. */
export function isOld(site: SiteView, now: number): boolean {
  if (standingOf(site) !== 'fresh') return true;
  return (ageOf(site, now) ?? Infinity) > late;
}
