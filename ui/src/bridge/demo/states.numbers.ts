import type { CountView, CountWishView, SiteView } from '../types';
import { DemoHost } from './host';
import { seedOf, trendOf } from './past';
import type { Script } from './script';
import { eight, instant, neverConnected, refusal, site, sixty, three } from './sites';
import { press, row, show, type, wait, with8, with8and, type State, type Step } from './walk';

const core = row('Kaizen Core');
const trend = show('site-trend');
/** Until the words of what waits are there. */
const words = wait(1100);
const only = (change: (site: SiteView) => SiteView) => (view: SiteView, n: number) =>
  n === 0 ? change(view) : view;

function count(view: SiteView, id: string, change: Partial<CountView>): SiteView {
  const counts = view.counts.map((one) => (one.id === id ? { ...one, ...change } : one));
  return { ...view, counts };
}

function wish(view: SiteView, id: string, change: Partial<CountWishView>): SiteView {
  const before = view.counts.find((one) => one.id === id)?.wish;
  return before ? count(view, id, { wish: { ...before, ...change } }) : view;
}

/** Numbers that moved since yesterday and since the last visit. */
export function moving(view: SiteView): SiteView {
  const [day, visit] = [instant(-20 * 60), instant(-50)];
  const moved = count(view, 'assigned_open', {
    day: { by: 3, since: day },
    visit: { by: 1, since: visit },
  });
  const fewer = count(moved, 'open', { day: { by: -6, since: day }, visit: null });
  return count(fewer, 'overdue', { day: null, visit: { by: 2, since: visit } });
}

/** Two counts over their level, one of them out of sight, and two of one's own. */
export function wished(view: SiteView): SiteView {
  const own = { warn: null, hidden: false, notify: true, own: true };
  const first = wish(wish(view, 'assigned_open', { warn: 10 }), 'overdue', { warn: 3 });
  const quiet = wish(first, 'due_today', { hidden: true });
  const made: CountView[] = [
    {
      id: 'own_a1',
      label: { en: 'Sprint 42' },
      value: 8,
      error: null,
      day: null,
      visit: null,
      wish: own,
    },
    {
      id: 'own_b2',
      label: { en: '優先度「高」以上で、期日が今週のもの' },
      value: 23,
      error: null,
      day: null,
      visit: null,
      wish: { ...own, warn: 20 },
    },
  ];
  return { ...quiet, counts: [...quiet.counts, ...made] };
}

const hides =
  (...ids: string[]) =>
  (view: SiteView): SiteView =>
    ids.reduce((all, id) => wish(all, id, { hidden: true }), view);

/** So many days of history, with days nobody counted on. */
const since = (length: number, gap?: [number, number]) => (view: SiteView) => {
  const end = view.counts[0]?.value ?? 0;
  return { ...view, trend: trendOf('assigned_open', end, seedOf(view.id), { length, gap }) };
};

/** A round on its way: done, under way, waiting. */
export function inRound(view: SiteView, n: number): SiteView {
  if (view.state !== 'connected' || n === 0) return view;
  if (n === 1) return { ...view, busy: 'counting', progress: { done: 4, of: 6 } };
  return { ...view, busy: 'waiting' };
}

const left = (calls: number): Partial<SiteView> => ({
  pace: {
    minutes: null,
    nextAt: null,
    left: [
      { calls, of: 100, until: instant(9 * 1440) },
      { calls: 58, of: 60, until: instant(0.5) },
    ],
  },
});

const board = (calls: number) =>
  with8and((host) => host.changeSite('board', left(calls)), [row('制作進行ボード')]);

const sites = (all: SiteView[], steps?: Step[], script?: Partial<Script>): State => ({
  host: () => new DemoHost(all, script),
  steps,
});

const paced = (host: DemoHost) => {
  host.change({ nextRoundAt: instant(3.2) });
  host.changeSite('kaizen-core', { pace: { minutes: 15, nextAt: instant(12), left: [] } });
};

const longNames = [
  [
    '開発本部 第三システム統括部 課題管理（本番環境・二〇二六年度）',
    'redmine.kaihatsu.example.co.jp',
  ],
  ['顧客サポートセンター問い合わせ一次受付トラッカー', 'support.example.co.jp'],
  ['品質保証', 'qa.example.co.jp'],
].map(([name = '', host = ''], n) => ({
  ...site(name, host, 'redmine', [14 + n, 3 - n, 1, 8, 12, 212, 9]),
  id: `long-${n}`,
}));

const dialog = (steps: Step[] = [], script: Partial<Script> = {}): State =>
  sites(eight.map(only(wished)), [core, ...press('counts'), ...steps], script);
const adding = press('add-count');
const filled = [...adding, type('own-query', '23')];

/** How numbers develop, which are shown, and when they are asked for. */
export const numberStates: Record<string, State> = {
  'trend-3': with3(paced),
  'trend-first-day': sites(three.map(since(1))),
  'trend-first-day-8': sites(eight.map(only(since(1)))),
  'trend-gap': sites(eight.map(since(30, [11, 14]))),
  'trend-none': sites(eight.map((view) => ({ ...view, trend: null }))),
  'trend-long': sites(longNames),
  'trend-long-site': sites(longNames, [row(longNames[0]?.name ?? '')]),

  'site-trend': with8and(paced, [core, trend]),
  'site-trend-gap': sites(eight.map(only(since(30, [11, 14]))), [core, trend]),
  'site-trend-read': with8({}, [core, { key: 'ArrowLeft', on: 'chart-reader', times: 7 }, trend]),
  'site-trend-year': with8({}, [
    core,
    { press: '[data-testid=site-trend] [role=radio]:last-child' },
    trend,
  ]),
  'site-trend-table': with8({}, [core, ...press('trend-table-turn'), trend]),
  'site-trend-exported': with8({}, [core, ...press('export-history'), trend]),
  'site-trend-empty': sites(eight.map(only((view) => ({ ...view, trend: null }))), [core, trend]),
  'site-trend-loading': with8({ silent: ['history', 'activity'] }, [core, trend, words]),
  'site-trend-failed': with8(
    { refuse: { history: 'history_damaged', activity: 'file_unreadable' } },
    [core, trend],
  ),
  'site-activity-none': with8({ activity: [] }, [core, show('activity')]),
  'site-activity-all': with8({}, [core, ...press('activity-more'), show('activity')]),
  'site-moving': sites(eight.map(only(moving)), [core]),
  'site-wished': sites(eight.map(only((view) => moving(wished(view)))), [core]),
  'site-hidden': sites(eight.map(only(hides('created_open', 'watched_open', 'due_today'))), [core]),

  'wish-overview': sites(eight.map(only(wished))),
  'wish-overview-3': sites(three.map(only(wished))),
  'wish-overview-60': sites(sixty.map(only(wished))),
  'wish-hidden': sites(eight.map(hides('overdue', 'watched_open'))),
  counts: dialog(),
  'counts-wrong': dialog([type('warn-overdue', 'many')]),
  'counts-loading': dialog([words], { silent: ['countsSetup'] }),
  'counts-failed': dialog([], { refuse: { countsSetup: 'file_unreadable' } }),
  'counts-gone': dialog([], { refuse: { countsSetup: 'no_such_site' } }),
  'counts-refused': dialog(press('counts-save'), { refuse: { setCounts: 'file_unwritable' } }),
  'counts-add': dialog(adding),
  'counts-add-none': dialog(adding, { queries: [] }),
  'counts-add-loading': dialog([...adding, words], { silent: ['savedQueries'] }),
  'counts-add-filter': dialog([
    ...adding,
    { press: '[data-testid=own-count] [role=radio]:last-child' },
    type('own-filter', 'priority_id=5&tracker_id=1'),
    type('own-name', '緊急の不具合'),
    ...press('own-try'),
  ]),
  'counts-tried': dialog([...filled, ...press('own-try')]),
  'counts-refused-try': dialog([...filled, ...press('own-try')], {
    refuse: { tryCount: 'forbidden' },
  }),
  'counts-trying': dialog([...filled, ...press('own-try'), words], { silent: ['tryCount'] }),
  'counts-no-own': with8({}, [row('制作進行ボード'), ...press('counts')]),

  'round-running': with8and((host) => host.change({ sites: eight.map(inRound) })),
  'round-running-3': sites(three.map(inRound)),
  'round-running-60': sites(sixty.map(inRound)),
  'round-site': sites(eight.map(inRound), [row('ACME Delivery')]),
  'round-next': with8and(paced),
  'round-paused': with8and((host) => host.change({ pausedUntil: instant(52) })),
  'round-by-hand': with8and(
    (host) => host.changeSite('kaizen-core', { pace: { minutes: 0, nextAt: null, left: [] } }),
    [core, show('pace')],
  ),
  'budget-left': board(62),
  'budget-nearly-gone': board(4),
  'budget-gone': board(0),
  'history-trouble': with8and((host) =>
    host.change({ historyTrouble: refusal('history_damaged') }),
  ),
  'history-trouble-never': {
    host: () => {
      const host = new DemoHost(three.map(neverConnected));
      host.change({ historyTrouble: refusal('history_damaged') });
      return host;
    },
  },
};

function with3(change: (host: DemoHost) => void): State {
  return {
    host: () => {
      const host = new DemoHost(three);
      change(host);
      return host;
    },
  };
}
