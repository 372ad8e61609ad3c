import type { SiteView } from '../../bridge/types';
import { format, t } from '../../i18n';
import type { IconName } from '../../icons/paths';
import { ageOf, isOld } from '../../state/age';
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
  const quiet = { urgent: false, success: false };
  if (site.busy === 'revoking') {
    return { ...quiet, icon: 'busy', first: t('row.revoking'), second: '' };
  }
  if (site.busy === 'waiting') {
    return {
      ...quiet,
      icon: 'clock',
      first: t('pace.waiting'),
      second: ageWords(site, now, brief),
    };
  }
  if (site.busy === 'counting') {
    const first = hasCounts(site) ? t('row.refreshing') : t('row.counting');
    return {
      ...quiet,
      icon: 'busy',
      first,
      second: progressWords(site) ?? ageWords(site, now, brief),
    };
  }
  const standing = standingOf(site);
  if (standing === 'fresh') {
    const age = isOld(site, now) ? ageWords(site, now, brief) : refreshedWords(site, now);
    const second = justRefreshed ? t('row.justNow') : age;
    return { ...quiet, icon: null, first: tokenWords(site, now), second, success: justRefreshed };
  }
  return {
    icon: looks[standing].icon,
    urgent: isUrgent(standing),
    first: standing === 'rateLimited' ? rateWords(site, now) : t(`row.${standing}`),
    second: silent.includes(standing) ? '' : ageWords(site, now, brief),
    success: false,
  };
}

/** How far a site's round has come; null where that is not known. */
export function progressWords({ progress }: SiteView): string | null {
  return progress && t('pace.progress', { done: progress.done, of: progress.of });
}

/** For how long, in minutes. */
function rateWords({ trouble }: SiteView, now: number): string {
  const left = trouble?.until ? format.secondsUntil(trouble.until, now) : 0;
  return left > 0 ? t('row.rateFor', { duration: format.duration(left) }) : t('row.rateLimited');
}

export function tokenWords(site: SiteView, now: number): string {
  if (!site.token?.expiresAt) return t('row.noEnd');
  const left = format.secondsUntil(site.token.expiresAt, now);
  return left > 0 ? t('row.left', { duration: format.duration(left) }) : t('row.ended');
}

export function refreshedWords(site: SiteView, now: number): string {
  const age = ageOf(site, now);
  if (age === null) return '';
  return age < 60 ? t('row.justNow') : t('row.ago', { duration: format.age(age) });
}

/** How old the counts on show are, and until when the server wants to be left alone. */
function ageWords(site: SiteView, now: number, brief: boolean): string {
  const asked = site.trouble?.until;
  // Beside what goes on, an end would be read as the end of that.
  const waits = !site.busy && asked && Date.parse(asked) > now;
  const until = waits ? format.moment(asked, now) : null;
  if (!hasCounts(site)) return until ? t('row.until', { time: until }) : '';
  const seconds = ageOf(site, now);
  if (seconds === null) return t('row.oldUnknown');
  const age = format.age(seconds);
  if (brief && until) return t('row.until', { time: until });
  if (brief) return t('row.old', { duration: age });
  return until
    ? t('row.countsUntil', { duration: age, time: until })
    : t('row.counts', { duration: age });
}
