import type { SiteView } from '../../bridge/types';
import { format, t } from '../../i18n';
import type { IconName } from '../../icons/paths';
import { hasCounts } from '../../state/numbers';
import { isUrgent, looks, standingOf, type Standing } from '../../state/standing';

/** The two short lines that say how a site stands. `icon` is absent in the silent case. */
export type RowWords = {
  icon: IconName | 'busy' | null;
  urgent: boolean;
  first: string;
  second: string;
  /** The second line reports a success of this moment. */
  success: boolean;
};

/** Where there is nothing to say about the age of counts. */
const silent: Standing[] = ['never', 'unknown', 'unaccepted'];

/** `brief` where both lines share one. */
export function rowWords(
  site: SiteView,
  now: number,
  justRefreshed: boolean,
  brief = false,
): RowWords {
  const words = t().row;
  const quiet = { urgent: false, success: false };
  if (site.busy === 'revoking') {
    return { ...quiet, icon: 'busy', first: words.revoking, second: '' };
  }
  if (site.busy === 'counting') {
    const first = hasCounts(site) ? words.refreshing : words.counting;
    return { ...quiet, icon: 'busy', first, second: ageWords(site, now, brief) };
  }
  const standing = standingOf(site);
  if (standing === 'fresh') {
    const second = justRefreshed ? words.justNow : refreshedWords(site, now);
    return { ...quiet, icon: null, first: tokenWords(site, now), second, success: justRefreshed };
  }
  return {
    icon: looks[standing].icon,
    urgent: isUrgent(standing),
    first: words[standing],
    second: silent.includes(standing) ? '' : ageWords(site, now, brief),
    success: false,
  };
}

export function tokenWords(site: SiteView, now: number): string {
  const words = t().row;
  if (!site.token?.expiresAt) return words.noEnd;
  const left = format.secondsUntil(site.token.expiresAt, now);
  return left > 0 ? words.left(format.duration(left)) : words.ended;
}

export function refreshedWords(site: SiteView, now: number): string {
  const words = t().row;
  if (!site.countedAt) return '';
  const age = -format.secondsUntil(site.countedAt, now);
  return age < 60 ? words.justNow : words.ago(format.age(age));
}

/** How old the counts on show are, and until when the server wants to be left alone. */
function ageWords(site: SiteView, now: number, brief: boolean): string {
  const words = t().row;
  const until = site.trouble?.until;
  if (!site.countedAt || (until && brief)) return until ? words.until(format.time(until)) : '';
  const age = format.age(-format.secondsUntil(site.countedAt, now));
  if (brief) return words.old(age);
  return until ? words.countsUntil(age, format.time(until)) : words.counts(age);
}
