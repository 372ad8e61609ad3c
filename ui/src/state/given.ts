import type { GivenView, ProviderView, SiteView } from '../bridge/types';
import { hasToken } from './standing';

/** Whether it works, as far as is known. */
export function isLive({ overAt, until }: GivenView, now: number): boolean {
  return overAt === null && (until === null || now < Date.parse(until));
}

export function liveGiven(site: SiteView, now: number): GivenView[] {
  return site.given.filter((given) => isLive(given, now));
}

/** Whether it is the token the site has now: only that one is ended by a new one. */
export function isHeld(site: SiteView, given: GivenView): boolean {
  if (!hasToken(site) || site.token?.tail !== given.tail) return false;
  return instant(site.token.expiresAt) === instant(given.until);
}

/** The same token was given before. */
export function isGivenAgain(site: SiteView | null, tail: string): boolean {
  const held = site?.given.find((given) => given.tail === tail && given.overAt === null);
  return held !== undefined && held.times > 1;
}

export type Fate = { ends: GivenView[]; stays: GivenView[] };

/** What becomes of the given tokens when the connection is ended: at the provider, or here only. */
export function fateOf(
  site: SiteView,
  provider: ProviderView | null,
  now: number,
  hereOnly = false,
): Fate {
  const live = liveGiven(site, now);
  const what = hereOnly ? null : (provider?.revokes ?? null);
  const ends = live.filter((one) => what === 'grant' || (what !== null && isHeld(site, one)));
  return { ends, stays: live.filter((one) => !ends.includes(one)) };
}

/** When the last of them runs out; null where that is not known. */
export function lastEnd(given: GivenView[]): string | null {
  const ends = given.map(({ until }) => until);
  if (ends.includes(null)) return null;
  return ends.reduce((a, b) => (instant(a) > instant(b) ? a : b), ends[0] ?? null);
}

function instant(at: string | null): number {
  return at === null ? Infinity : Date.parse(at);
}
