import type { ErrorCode, SiteView } from '../bridge/types';
import type { IconName } from '../icons/paths';

/** How a site stands, in the one word its row shows. `fresh` is the silent case. */
export type Standing =
  | 'fresh'
  | 'unknown'
  | 'unaccepted'
  | 'never'
  | 'unchosen'
  | 'signIn'
  | 'refused'
  | 'noSecret'
  | 'locked'
  | 'noStore'
  | 'offline'
  | 'rateLimited'
  | 'stuck'
  | 'revokePending';

export type Group = 'needsYou' | 'waiting' | 'upToDate';

export type Remedy =
  'connect' | 'logIn' | 'unlock' | 'retry' | 'retryRevoke' | 'accept' | 'choose' | 'replaceSecret';

const noKeychain: ErrorCode[] = ['keychain_waiting', 'keychain_failed', 'keychain_missing'];
/** Connecting again is what the texts of these errors advise. */
const cureBySigningIn: ErrorCode[] = ['needs_sign_in', 'address_changed', 'secret_unreadable'];

export function standingOf(site: SiteView): Standing {
  if (site.problem) return site.problem.code === 'not_accepted' ? 'unaccepted' : 'unknown';
  if (site.state === 'notConnected') return 'never';
  if (site.state === 'needsSignIn') return 'signIn';
  if (site.state === 'revokePending') return 'revokePending';
  const code = site.trouble?.error.code;
  if (!code || code === 'choice_missing') return hasOpenChoice(site) ? 'unchosen' : 'fresh';
  if (code === 'client_refused') return 'refused';
  if (code === 'client_secret_missing') return 'noSecret';
  if (code === 'keychain_locked') return 'locked';
  if (noKeychain.includes(code)) return 'noStore';
  if (cureBySigningIn.includes(code)) return 'signIn';
  if (code === 'unreachable') return 'offline';
  if (code === 'rate_limited') return 'rateLimited';
  return 'stuck';
}

type Look = { icon: IconName; group: Group; remedy: Remedy | null };

export const looks: Record<Exclude<Standing, 'fresh'>, Look> = {
  unknown: { icon: 'info', group: 'needsYou', remedy: null },
  unaccepted: { icon: 'info', group: 'needsYou', remedy: 'accept' },
  never: { icon: 'dashed-ring', group: 'needsYou', remedy: 'connect' },
  unchosen: { icon: 'list', group: 'needsYou', remedy: 'choose' },
  signIn: { icon: 'log-in', group: 'needsYou', remedy: 'logIn' },
  refused: { icon: 'key', group: 'needsYou', remedy: 'replaceSecret' },
  noSecret: { icon: 'key', group: 'needsYou', remedy: 'replaceSecret' },
  locked: { icon: 'lock', group: 'needsYou', remedy: 'unlock' },
  noStore: { icon: 'lock', group: 'needsYou', remedy: 'retry' },
  offline: { icon: 'offline', group: 'waiting', remedy: 'retry' },
  rateLimited: { icon: 'hourglass', group: 'waiting', remedy: null },
  stuck: { icon: 'warning', group: 'waiting', remedy: 'retry' },
  revokePending: { icon: 'revoke', group: 'waiting', remedy: 'retryRevoke' },
};

export function groupOf(site: SiteView): Group {
  const standing = standingOf(site);
  return standing === 'fresh' ? 'upToDate' : looks[standing].group;
}

/** Amber is for what broke and only a person can solve; what was never set up is calm. */
export function isUrgent(standing: Standing): boolean {
  return ['unchosen', 'signIn', 'refused', 'noSecret', 'locked', 'noStore'].includes(standing);
}

/** Whether its definition can be used; otherwise the site can only be removed. */
export function isKnown(site: SiteView): boolean {
  return site.problem === null;
}

/** Whether something is left to choose before all can be counted. */
export function hasOpenChoice(site: SiteView): boolean {
  const isMissing = site.trouble?.error.code === 'choice_missing';
  return isMissing || site.choices.some(({ items }) => items.length === 0);
}

/** Can be counted now. */
export function isConnected(site: SiteView): boolean {
  return isKnown(site) && site.state === 'connected';
}

/** A token that can be copied now. */
export function hasToken(site: SiteView): boolean {
  return isConnected(site) && site.token !== null;
}
