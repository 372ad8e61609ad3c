import type { ErrorCode, SiteView } from '../types';
import { instant, inTrouble, signedOut, site } from './sites';

type Case = { code: ErrorCode; age: number; until?: number; detail?: string };

/** Every way in which a connected site can be in trouble, by the name of its demo state. */
export const cases: Record<string, Case> = {
  offline: { code: 'unreachable', age: 184, detail: 'connection reset by peer' },
  proxy: { code: 'proxy_failed', age: 41, detail: 'proxy authorization required' },
  limited: { code: 'rate_limited', age: 12, until: 6, detail: 'HTTP 429' },
  'limited-over': { code: 'rate_limited', age: 12, until: -1, detail: 'HTTP 429' },
  'limited-open': { code: 'rate_limited', age: 12 },
  server: { code: 'server_trouble', age: 26, detail: 'HTTP 502' },
  'server-until': { code: 'server_trouble', age: 26, until: 14, detail: 'HTTP 503' },
  unclear: { code: 'unexpected_answer', age: 33, detail: 'HTTP 200' },
  untrusted: { code: 'tls_untrusted', age: 90, detail: 'unknown issuer' },
  forbidden: { code: 'forbidden', age: 50, detail: 'HTTP 403' },
  'api-off': { code: 'api_off', age: 55 },
  unconfirmed: { code: 'not_confirmed', age: 20 },
  person: { code: 'other_person', age: 35, detail: 'sato.d ≠ tanaka.y' },
  address: { code: 'address_changed', age: 240 },
  'keychain-locked': { code: 'keychain_locked', age: 26 },
  'keychain-waiting': { code: 'keychain_waiting', age: 18 },
  'keychain-failed': { code: 'keychain_failed', age: 18, detail: 'org.freedesktop.DBus.Error' },
  'keychain-missing': { code: 'keychain_missing', age: 18 },
  busy: { code: 'busy', age: 6 },
};

export function inCase(view: SiteView, name: string): SiteView {
  const found = cases[name];
  if (!found) return view;
  const until = found.until === undefined ? null : instant(found.until);
  return inTrouble(view, found.code, found.age, until, found.detail ?? null);
}

/** The server refused after an answer that was lost. */
export function renewalLost(view: SiteView): SiteView {
  const ended = signedOut(view);
  const detail = `${instant(-1201).slice(0, 16).replace('T', ' ')} · invalid_grant`;
  const lost = { code: 'answer_lost', detail } as const;
  const trouble = ended.trouble && { ...ended.trouble, error: { ...ended.trouble.error, ...lost } };
  return { ...ended, trouble };
}

const numbers = [7, 1, 0, 4, 9, 58, 3];

/** One site in each kind of trouble, and one whose counts are only old. */
export const degraded: SiteView[] = [
  ...Object.keys(cases).map((name) =>
    inCase(site(name, `${name}.example.jp`, 'redmine', numbers), name),
  ),
  renewalLost(site('renewal', 'renewal.example.jp', 'redmine', numbers)),
  { ...site('old', 'old.example.jp', 'redmine', numbers), countedAt: instant(-540) },
];
