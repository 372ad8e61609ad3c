import type { GivenView, SiteView } from '../types';

const minute = 60_000;
const at = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString();

/** A token that was copied `ago` minutes ago and runs out in `left`. */
export function copied(tail: string, ago: number, left: number | null): GivenView {
  return {
    at: at(-ago),
    times: 1,
    tail,
    until: left === null ? null : at(left),
    scopes: ['view_issues'],
    overAt: null,
  };
}

/** One that was replaced or revoked `over` minutes ago. */
export function ended(tail: string, ago: number, over: number): GivenView {
  return { ...copied(tail, ago, 120 - ago), overAt: at(-over) };
}

/** As the program does: a token that is given twice is told once, with the last time. */
export function give({ token, given }: SiteView): GivenView[] {
  if (!token) return given;
  const same = (one: GivenView) => one.tail === token.tail && one.until === token.expiresAt;
  const now: GivenView = {
    at: at(0),
    times: (given.find(same)?.times ?? 0) + 1,
    tail: token.tail,
    until: token.expiresAt,
    scopes: token.scopes,
    overAt: null,
  };
  return [now, ...given.filter((one) => !same(one))];
}

/** All that lived until now are over. */
export function endAll(given: GivenView[]): GivenView[] {
  return given.map((one) => ({ ...one, overAt: one.overAt ?? at(0) }));
}

/** A site whose present token was copied. */
export function givenAway(site: SiteView, ago = 3, times = 1): SiteView {
  const [now, ...before] = give(site);
  if (!now) return site;
  return { ...site, given: [{ ...now, at: at(-ago), times }, ...before] };
}
