import { DemoHost } from './host';
import { own, providers } from './providers';
import {
  chosen,
  eight,
  hostile,
  instant,
  inTrouble,
  openBoard,
  refusal,
  sixty,
  three,
  unaccepted,
  unknownProduct,
} from './sites';
import { adding } from './states.adding';
import { connectingStates } from './states.connecting';
import { ending } from './states.ending';
import { given } from './states.given';
import { numberStates } from './states.numbers';
import { troubles } from './states.trouble';
import { vaults } from './states.vault';
import { windows } from './states.window';
import type { SiteView } from '../types';
import { press, row, type, with8, with8and, type State, type Step } from './walk';

const busy = (site: SiteView, n: number): SiteView => ({
  ...site,
  busy: site.state === 'connected' && n % 2 === 0 ? 'counting' : null,
});

/** Three sites, the second of them otherwise. */
const second = (change: (site: SiteView) => SiteView, steps?: Step[]): State => ({
  host: () => {
    const host = new DemoHost(three.map((site, n) => (n === 1 ? change(site) : site)));
    host.change({ providers: [...providers, own] });
    return host;
  },
  steps,
});
const acme = row('ACME Delivery');
const toBoard = (site: SiteView): SiteView => ({ ...openBoard, id: site.id, name: site.name });
const manyBoards = (site: SiteView): SiteView =>
  chosen(toBoard(site), {
    user: ['田中 結衣'],
    board: Array.from({ length: 12 }, (_, n) => `Project ${n + 1}`),
  });

/** One site of each kind that waits for a person. */
const calm: ((site: SiteView) => SiteView)[] = [
  unaccepted,
  unknownProduct,
  (site) => inTrouble(site, 'client_refused', 40),
  () => openBoard,
  (site) => inTrouble(site, 'client_secret_missing', 5),
];

export const states: Record<string, State> = {
  overview: with8(),
  'overview-3': { host: () => new DemoHost(three) },
  'overview-unknown': second(unknownProduct),
  'overview-unaccepted': second(unaccepted),
  'overview-unchosen': second(toBoard),
  'overview-calm': with8and((host) =>
    host.change({
      providers: [...providers, own],
      sites: eight.map((site, n) => (calm[n] ?? ((one: SiteView) => one))(site)),
    }),
  ),
  'overview-60': { host: () => new DemoHost(sixty) },
  filter: with8({}, [type('filter', 'plan')]),
  'filter-none': with8({}, [type('filter', 'gitlab')]),
  refreshing: with8and((host) => host.change({ sites: eight.map(busy) })),
  refused: with8({ refuse: { refreshCounts: 'file_unwritable' } }, press('refresh')),
  broken: {
    host: () => {
      const host = new DemoHost(eight);
      const detail = '~/.config/tallykey/sites.toml';
      host.overview = () => Promise.reject(refusal('file_unreadable', { detail }));
      return host;
    },
  },
  hostile: { host: () => new DemoHost([hostile, ...eight]) },
  'hostile-site': {
    host: () => new DemoHost([hostile]),
    steps: [{ press: '[data-testid=site-row]' }],
  },

  site: with8({}, [row('Kaizen Core')]),
  'site-login': with8({}, [row('Campaign Ops')]),
  'site-never': with8({}, [row('Kaizen Archive')]),
  'site-pending': with8and(
    (host) => host.changeSite('kaizen-core', { state: 'revokePending' }),
    [row('Kaizen Core')],
  ),
  'site-unknown': second(unknownProduct, [acme]),
  'site-unaccepted': second(unaccepted, [acme]),
  accept: second(unaccepted, [acme, ...press('accept')]),
  'site-unchosen': second(toBoard, [acme]),
  'site-chosen': second(manyBoards, [acme]),
  'site-client': second((site) => inTrouble(site, 'client_refused', 40), [acme]),
  'site-more': with8({}, [row('制作進行ボード'), ...press('site-more')]),
  'site-near-end': with8and(
    (host) => {
      const { token } = eight[0] as SiteView;
      host.changeSite('kaizen-core', { token: token && { ...token, expiresAt: instant(8) } });
    },
    [row('Kaizen Core')],
  ),
  'site-menu': with8({}, [row('Kaizen Core'), ...press('copy-as')]),
  'site-refused': with8({ refuse: { copyToken: 'clipboard_failed' } }, [
    row('Kaizen Core'),
    ...press('copy-token'),
  ]),
  copied: with8({}, [row('Kaizen Core'), ...press('copy-as', 'copy-curl')]),
  cleared: with8({}, [row('Kaizen Core'), ...press('copy-token', 'clear-now')]),

  ...adding,
  ...connectingStates,
  ...ending,
  ...given,
  ...numberStates,
  ...troubles,
  ...vaults,
  ...windows,

  empty: { host: () => new DemoHost([]) },
  'empty-no-store': {
    host: () => {
      const host = new DemoHost([]);
      host.change({
        store: { kind: 'keychain', name: '', error: 'keychain_missing', vault: 'missing' },
      });
      return host;
    },
  },
  'no-store': with8and((host) =>
    host.change({
      store: { kind: 'keychain', name: '', error: 'keychain_missing', vault: 'missing' },
    }),
  ),
  locked: with8and((host) =>
    host.change({
      store: {
        kind: 'keychain',
        name: 'GNOME Keyring',
        error: 'keychain_locked',
        vault: 'missing',
      },
    }),
  ),
  memory: with8and((host) =>
    host.change({ store: { kind: 'memory', name: '', error: null, vault: 'missing' } }),
  ),
  settings: with8({}, press('settings')),
};
