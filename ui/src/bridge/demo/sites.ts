import type { ErrorCode, ErrorView, SiteView } from '../types';
import { seedOf, trendOf } from './past';
import { own, providers } from './providers';

const minute = 60_000;
const ids = [
  'assigned_open',
  'overdue',
  'due_today',
  'created_open',
  'watched_open',
  'open',
  'closed_7d',
];

/** An instant relative to now, as the program sends it. */
export function instant(minutes: number): string {
  return new Date(Date.now() + minutes * minute).toISOString();
}

export function refusal(code: ErrorCode, words: Partial<ErrorView> = {}): ErrorView {
  return { code, site: null, host: null, detail: null, ...words };
}

/** A connected, fresh site with these numbers in the order of the columns. */
export function site(name: string, host: string, provider: string, numbers: number[]): SiteView {
  const known = [...providers, own].find(({ id }) => id === provider);
  const id = name.toLowerCase().replace(/\W+/g, '-') || host;
  const [first] = numbers;
  return {
    id,
    name,
    provider,
    host,
    state: 'connected',
    identity: { id: '42', text: 'tanaka.y' },
    problem: null,
    redirect: known?.applications[0]?.ways[0] ?? 'oob',
    choices: known?.choices.map(({ key, optional }) => ({ key, items: [], optional })) ?? [],
    trouble: null,
    token: {
      tail: '4f2a',
      expiresAt: instant(102),
      seconds: 7200,
      scopes: known?.scopes.map(({ id }) => id) ?? [],
      missingScopes: [],
    },
    given: [],
    counts: (known?.counts ?? []).map((count) => ({
      ...count,
      value: numbers[ids.indexOf(count.id)] ?? null,
      error: null,
      day: null,
      visit: null,
      wish: { hidden: false, warn: null, notify: false, own: false },
    })),
    countedAt: instant(-2),
    connectedAt: '2026-10-03T00:12:00Z',
    busy: null,
    progress: null,
    pace: { minutes: null, nextAt: known?.automatic ? instant(3) : null, left: [] },
    trend: first === undefined ? null : trendOf('assigned_open', first, seedOf(id)),
  };
}

export function neverConnected(view: SiteView): SiteView {
  return {
    ...view,
    state: 'notConnected',
    identity: null,
    token: null,
    counts: view.counts.map((count) => ({ ...count, value: null })),
    countedAt: null,
    connectedAt: null,
    trend: null,
    pace: { ...view.pace, nextAt: null },
  };
}

/** Counts of `age` minutes ago, and why there are no newer ones. */
export function inTrouble(
  view: SiteView,
  code: ErrorCode,
  age: number,
  until: string | null = null,
  detail: string | null = null,
): SiteView {
  const error = refusal(code, { site: view.name, host: view.host, detail });
  return {
    ...view,
    countedAt: instant(-age),
    trend: agedBy(view, age),
    trouble: { error, since: instant(-age), until },
  };
}

/** Nothing was counted since. */
function agedBy({ id, trend }: SiteView, age: number): SiteView['trend'] {
  const last = trend?.days.at(-1);
  return trend && last ? trendOf(trend.count, last.value, seedOf(id), { age }) : null;
}

/** A site whose product this Tallykey does not know. */
export function unknownProduct(view: SiteView): SiteView {
  const problem = refusal('no_such_provider', { site: view.name, detail: 'tracker-of-tomorrow' });
  return { ...view, provider: 'tracker-of-tomorrow', counts: [], choices: [], problem };
}

/** A site whose definition is a file that has not been accepted as it now is. */
export function unaccepted(view: SiteView): SiteView {
  const problem = refusal('not_accepted', { site: view.name, detail: own.id });
  return { ...view, provider: own.id, counts: [], choices: [], problem };
}

/** With something chosen wherever the product asks. */
export function chosen(view: SiteView, choices: Record<string, string[]>): SiteView {
  const items = (key: string) => (choices[key] ?? []).map((text, n) => ({ value: `${n}`, text }));
  return {
    ...view,
    choices: view.choices.map((choice) => ({ ...choice, items: items(choice.key) })),
  };
}

export function signedOut(view: SiteView): SiteView {
  const old = inTrouble(view, 'needs_sign_in', 1200, null, 'invalid_grant');
  const pace = { ...view.pace, nextAt: null };
  return { ...old, state: 'needsSignIn', token: null, pace };
}

const kaizen = site('Kaizen Core', 'redmine.example.jp', 'redmine', [14, 3, 2, 9, 21, 212, 17]);
const acme = site('ACME Delivery', 'acme.plan.io', 'planio', [9, 1, 0, 12, 17, 148, 6]);
const campaign = site('Campaign Ops', 'acme.my.workfront.com', 'workfront', [6, 2, 0, 4, 0, 93]);

/** Connected, and nothing chosen yet. */
export const openBoard: SiteView = {
  ...site('制作進行ボード', 'app.jooto.com', 'jooto', []),
  id: 'board',
  identity: null,
  countedAt: null,
};

const board = chosen(
  { ...site('制作進行ボード', 'app.jooto.com', 'jooto', [11, 2, 1, 0, 6, 64]), id: 'board' },
  { user: ['田中 結衣'], board: ['制作進行', 'Web リニューアル', '採用'] },
);

export const three = [kaizen, acme, signedOut(campaign)];

export const eight = [
  kaizen,
  acme,
  site('Support Desk', 'support.example.jp', 'redmine', [0, 0, 0, 2, 11, 29, 3]),
  inTrouble(board, 'rate_limited', 12, instant(6)),
  signedOut(campaign),
  inTrouble(
    site('Plant Line 4', 'tracker.plant.example.jp/redmine', 'redmine', [5, 1, 0, 3, 8, 57, 2]),
    'unreachable',
    184,
  ),
  inTrouble(
    site('Partner Portal', 'partner.plan.io', 'planio', [2, 0, 0, 1, 4, 38, 1]),
    'keychain_locked',
    26,
  ),
  neverConnected(site('Kaizen Archive', 'archive.example.jp', 'redmine', [])),
];

const words =
  'Assembly Billing Catalog Depot Edge Fleet Garage Harbor Intake Journal Kiosk Ledger Mobile Network Orders Payroll Quality Returns Stock Tooling Utility Vendor Warehouse Yard'.split(
    ' ',
  );

const places = [
  '',
  ' West',
  ' EU',
  ' Kyoto',
  ' Lab',
  ' Nord',
  ' Pilot',
  ' South',
  ' Test',
  ' Works',
];

/** As many made-up sites, all of them up to date. */
export const many = (length: number): SiteView[] =>
  Array.from({ length }, (_, n) => {
    const round = Math.floor(n / words.length);
    const name = `${words[n % words.length]}${places[round % places.length]}${round < places.length ? '' : ` ${round}`}`;
    const host = `${name.toLowerCase().replace(' ', '-')}.example.jp`;
    return site(name, host, n % 5 === 2 ? 'planio' : 'redmine', [
      (n * 7) % 19,
      Math.max(0, ((n * 5) % 9) - 5),
      n % 4 === 0 ? n % 3 : 0,
      (n * 3) % 14,
      (n * 11) % 30,
      20 + ((n * 37) % 260),
      n % 8,
    ]);
  });

export const sixty = [...eight, ...many(52)];

export const hostile = site(
  '<img src=x onerror="alert(1)"> & a very long name that goes on and on',
  'a-host-with-a-very-long-name.tracker.department.example.co.jp/sub/folder/redmine',
  'redmine',
  [123456, 98765, 4321, 10000, 20000, 1234567, 99],
);

/** Right to left, a mark-up, and no end: what a server may say of itself. */
const bidi = String.fromCodePoint(0x202e, 0x2066);
export const endless = 'very long '.repeat(1000);

/** Everything a server or a file can put into the window, at its worst. */
export const worst: SiteView = {
  ...inTrouble(hostile, 'unexpected_answer', 20, null, `${bidi}<b>HTTP 200</b> ${endless}`),
  id: 'worst',
  name: `${bidi}<script>alert(1)</script> ${endless}`,
  host: `${bidi}evil.example.jp/${'a'.repeat(10_000)}`,
  identity: { id: '7', text: `${bidi}<i>root</i> ${endless}` },
};
