import type { ErrorCode, SiteView } from '../bridge/types';
import type { IconName } from '../icons/paths';

/** How a site stands, in the one word its row shows. `fresh` is the silent case. */
export type Standing =
  | 'fresh'
  | 'unknown'
  | 'never'
  | 'signIn'
  | 'locked'
  | 'noStore'
  | 'offline'
  | 'rateLimited'
  | 'stuck'
  | 'revokePending';

export type Group = 'needsYou' | 'waiting' | 'upToDate';

export type Remedy = 'connect' | 'logIn' | 'unlock' | 'retry' | 'retryRevoke';

const noKeychain: ErrorCode[] = ['keychain_waiting', 'keychain_failed', 'keychain_missing'];
/** Connecting again is what the texts of these errors advise. */
const cureBySigningIn: ErrorCode[] = ['needs_sign_in', 'address_changed', 'secret_unreadable'];

export function standingOf(site: SiteView): Standing {
  if (!isKnown(site)) return 'unknown';
  if (site.state === 'notConnected') return 'never';
  if (site.state === 'needsSignIn') return 'signIn';
  if (site.state === 'revokePending') return 'revokePending';
  const code = site.trouble?.error.code;
  if (!code) return 'fresh';
  if (code === 'keychain_locked') return 'locked';
  if (noKeychain.includes(code)) return 'noStore';
  if (cureBySigningIn.includes(code)) return 'signIn';
  if (code === 'unreachable') return 'offline';
  if (code === 'rate_limited') return 'rateLimited';
  return 'stuck';
}

type Look = { icon: IconName; group: Group; remedy: Remedy | null };

export const looks: Record<Exclude<Standing, 'fresh'>, Look> = {
  unknown: { icon: 'warning', group: 'needsYou', remedy: null },
  never: { icon: 'dashed-ring', group: 'needsYou', remedy: 'connect' },
  signIn: { icon: 'log-in', group: 'needsYou', remedy: 'logIn' },
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

/** Amber is for what only a person can solve, except a site that was never connected. */
export function isUrgent(standing: Standing): boolean {
  return ['unknown', 'signIn', 'locked', 'noStore'].includes(standing);
}

/** Whether its product is among those this Tallykey has; otherwise it can only be removed. */
export function isKnown(site: SiteView): boolean {
  return site.trouble?.error.code !== 'no_such_provider';
}

/** Can be counted now. */
export function isConnected(site: SiteView): boolean {
  return isKnown(site) && site.state === 'connected';
}

/** A token that can be copied now. */
export function hasToken(site: SiteView): boolean {
  return isConnected(site) && site.token !== null;
}
