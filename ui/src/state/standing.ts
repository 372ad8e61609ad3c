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
  | 'fileLocked'
  | 'noFile'
  | 'storeWaits'
  | 'storeFailed'
  | 'otherPerson'
  | 'offline'
  | 'proxy'
  | 'rateLimited'
  | 'serverTrouble'
  | 'unclear'
  | 'untrusted'
  | 'forbidden'
  | 'apiOff'
  | 'unconfirmed'
  | 'stuck'
  | 'revokePending';

export type Group = 'needsYou' | 'waiting' | 'upToDate';

export type Remedy =
  | 'connect'
  | 'logIn'
  | 'unlock'
  | 'newFile'
  | 'retry'
  | 'retryRevoke'
  | 'accept'
  | 'choose'
  | 'replaceSecret'
  | 'openSite'
  | 'trust';

const byTrouble: Partial<Record<ErrorCode, Standing>> = {
  client_refused: 'refused',
  client_secret_missing: 'noSecret',
  keychain_locked: 'locked',
  keychain_waiting: 'storeWaits',
  keychain_failed: 'storeFailed',
  keychain_missing: 'noStore',
  vault_locked: 'fileLocked',
  vault_missing: 'noFile',
  vault_damaged: 'noFile',
  // Connecting again is what the texts of these advise.
  needs_sign_in: 'signIn',
  answer_lost: 'signIn',
  answer_not_kept: 'signIn',
  ran_out: 'signIn',
  address_changed: 'signIn',
  secret_unreadable: 'signIn',
  other_person: 'otherPerson',
  unreachable: 'offline',
  proxy_failed: 'proxy',
  rate_limited: 'rateLimited',
  server_trouble: 'serverTrouble',
  unexpected_answer: 'unclear',
  tls_untrusted: 'untrusted',
  tls_expired: 'untrusted',
  tls_too_early: 'untrusted',
  tls_wrong_name: 'untrusted',
  authority_missing: 'untrusted',
  certificate_over: 'untrusted',
  forbidden: 'forbidden',
  api_off: 'apiOff',
  not_confirmed: 'unconfirmed',
};

export function standingOf(site: SiteView): Standing {
  if (site.problem) return site.problem.code === 'not_accepted' ? 'unaccepted' : 'unknown';
  if (site.state === 'notConnected') return 'never';
  if (site.state === 'needsSignIn') return 'signIn';
  if (site.state === 'revokePending') return 'revokePending';
  const code = site.trouble?.error.code;
  if (!code || code === 'choice_missing') return hasOpenChoice(site) ? 'unchosen' : 'fresh';
  return byTrouble[code] ?? 'stuck';
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
  fileLocked: { icon: 'lock', group: 'needsYou', remedy: 'unlock' },
  noFile: { icon: 'lock', group: 'needsYou', remedy: 'unlock' },
  storeWaits: { icon: 'lock', group: 'needsYou', remedy: 'retry' },
  storeFailed: { icon: 'lock', group: 'needsYou', remedy: 'retry' },
  otherPerson: { icon: 'person', group: 'needsYou', remedy: 'logIn' },
  offline: { icon: 'offline', group: 'waiting', remedy: 'retry' },
  proxy: { icon: 'offline', group: 'waiting', remedy: 'retry' },
  rateLimited: { icon: 'hourglass', group: 'waiting', remedy: null },
  serverTrouble: { icon: 'warning', group: 'waiting', remedy: 'retry' },
  unclear: { icon: 'warning', group: 'waiting', remedy: 'openSite' },
  untrusted: { icon: 'warning', group: 'waiting', remedy: 'trust' },
  forbidden: { icon: 'warning', group: 'waiting', remedy: 'retry' },
  apiOff: { icon: 'warning', group: 'waiting', remedy: 'retry' },
  unconfirmed: { icon: 'warning', group: 'waiting', remedy: 'retry' },
  stuck: { icon: 'warning', group: 'waiting', remedy: 'retry' },
  revokePending: { icon: 'revoke', group: 'waiting', remedy: 'retryRevoke' },
};

export function groupOf(site: SiteView): Group {
  const standing = standingOf(site);
  return standing === 'fresh' ? 'upToDate' : looks[standing].group;
}

const isCalm: Standing[] = ['unknown', 'unaccepted', 'never'];

/** Amber is for what broke and only a person can solve; what was never set up is calm. */
export function isUrgent(standing: Standing): boolean {
  return standing !== 'fresh' && !isCalm.includes(standing) && looks[standing].group === 'needsYou';
}

/** Whether its definition can be used; otherwise the site can only be removed. */
export function isKnown(site: SiteView): boolean {
  return site.problem === null;
}

/** Whether something is left to choose before all can be counted. */
export function hasOpenChoice(site: SiteView): boolean {
  const isMissing = site.trouble?.error.code === 'choice_missing';
  return isMissing || site.choices.some(({ items, optional }) => !optional && items.length === 0);
}

/** Can be counted now. */
export function isConnected(site: SiteView): boolean {
  return isKnown(site) && site.state === 'connected';
}

/** A token that can be copied now. */
export function hasToken(site: SiteView): boolean {
  return isConnected(site) && site.token !== null;
}
