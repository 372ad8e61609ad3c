import type { ErrorCode, SiteView, TroubleView } from '../../bridge/types';
import { explain, format, t } from '../../i18n';
import type { IconName } from '../../icons/paths';
import { isUrgent, looks, standingOf, type Standing } from '../../state/standing';

/** One cause, one consequence, one next step. */
export type TroubleWords = {
  kind: 'info' | 'warn';
  icon: IconName;
  title: string;
  text: string;
  /** The server's own words. */
  detail?: string | null;
};

/** Ends that say themselves what happened. */
const tellsWhy: ErrorCode[] = ['answer_lost', 'answer_not_kept', 'ran_out'];

type Told = Pick<TroubleWords, 'title' | 'text' | 'detail'>;

/** What is around a site: the store of its secrets, and whether it is asked without a click. */
type Around = { store: string; byItself: boolean };

/** Why a site's counts are old, or why a person is needed; null where all is well. */
export function troubleWords(site: SiteView, around: Around, now: number): TroubleWords | null {
  const standing = standingOf(site);
  if (standing === 'fresh') return null;
  const told = aboutSite(site, standing) ?? aboutTrouble(site, standing, around, now);
  const kind = isUrgent(standing) || standing === 'revokePending' ? 'warn' : 'info';
  return { kind, icon: looks[standing].icon, ...told };
}

/** What has to do with the site itself, and not with an answer. */
function aboutSite(site: SiteView, standing: Standing): Told | null {
  const { host, problem, trouble } = site;
  switch (standing) {
    case 'unknown':
    case 'unaccepted': {
      if (!problem) return null;
      const { what, means, detail } = explain(problem);
      const next = standing === 'unknown' ? t('note.unknownNext') : t('note.unacceptedNext');
      return { title: what, text: format.sentences(means, next), detail };
    }
    case 'unchosen': {
      const unsaid = { site: null, host: null, detail: null };
      const { what, means, next } = explain({ ...unsaid, code: 'choice_missing' });
      return { title: what, text: format.sentences(means, next) };
    }
    case 'never':
      return { title: t('site.notConnected'), text: t('site.notConnectedHint', { host }) };
    case 'revokePending':
      return {
        title: t('note.revokePending'),
        text: t('note.revokePendingMeans', { host }),
        detail: trouble && explain(trouble.error).what,
      };
    default:
      return null;
  }
}

function aboutTrouble(
  site: SiteView,
  standing: Standing,
  { store, byItself }: Around,
  now: number,
): Told {
  const { host, trouble, token } = site;
  if (!trouble) return { title: t('row.signIn'), text: t('site.noToken') };
  const at = (time: string) => format.moment(time, now);
  const since = at(trouble.since);
  const { what, means, next, detail } = explain(named(trouble, site));
  const all = (title: string, ...texts: string[]): Told => ({
    title,
    text: format.sentences(...texts),
    detail,
  });
  const goesOn = byItself ? t('note.byItself') : t('note.byHand');
  const until = trouble.until && Date.parse(trouble.until) > now ? trouble.until : null;
  switch (standing) {
    case 'signIn':
      // Elsewhere it is not the server that ended it.
      if (site.state !== 'needsSignIn') break;
      return tellsWhy.includes(trouble.error.code)
        ? all(what, t('note.since', { time: since }), means)
        : all(what, t('note.signIn', { time: since }));
    case 'offline':
      return all(t('note.offline', { host }), t('note.offlineSince', { time: since }), goesOn);
    case 'proxy':
      return all(
        t('note.proxy', { host }),
        t('note.offlineSince', { time: since }),
        t('note.proxyMeans'),
        goesOn,
        t('note.proxyNext'),
      );
    case 'rateLimited': {
      // Its number says nothing more.
      const plain = (title: string, ...texts: string[]) => ({
        ...all(title, ...texts),
        detail: null,
      });
      const then = byItself ? t('note.rateMeans') : t('note.rateByHand');
      const usedUp = site.pace.left.filter(({ calls }) => calls === 0).map((left) => left.until);
      const granted = usedUp.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
      if (granted && Date.parse(granted) > Date.parse(until ?? trouble.since)) {
        return plain(t('note.rate', { host, time: at(granted) }), then);
      }
      if (until) {
        const left = format.duration(format.secondsUntil(until, now));
        return plain(
          t('note.rate', { host, time: at(until) }),
          t('note.rateLeft', { duration: left }),
          then,
        );
      }
      if (!trouble.until) {
        return plain(t('note.rateOpen', { host }), byItself ? t('note.rateOpenMeans') : then);
      }
      return plain(
        t('note.rateOver', { host, time: at(trouble.until) }),
        byItself ? t('note.rateSoon') : then,
      );
    }
    case 'serverTrouble': {
      const wait = until ? [t('note.serverUntil', { time: at(until) })] : [];
      return all(
        t('note.server', { host }),
        t('note.serverMeans', { time: since }),
        ...wait,
        goesOn,
      );
    }
    case 'locked': {
      const ends = token?.expiresAt;
      const works = ends && Date.parse(ends) > now;
      return all(
        t('note.locked', { store }),
        works ? t('note.lockedMeans', { time: at(ends) }) : t('note.lockedNoEnd'),
      );
    }
  }
  return all(what, t('note.since', { time: since }), means, next);
}

/** An error that does not name the site is this one's. */
function named({ error }: TroubleView, site: SiteView) {
  return { ...error, site: error.site ?? site.name, host: error.host ?? site.host };
}
