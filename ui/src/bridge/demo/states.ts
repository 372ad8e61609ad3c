import { DemoHost, type Script } from './host';
import { eight, hostile, instant, refusal, sixty, three, unknownProduct } from './sites';
import type { RevocationView, SiteView } from '../types';

/** How to bring the page into a state: who answers, and what to press on the way there. */
export type State = { host: () => DemoHost; steps?: Step[] };

/** Press the element, or type into it when there is text. */
export type Step = { press: string; text?: string };

const press = (...testids: string[]): Step[] =>
  testids.map((id) => ({ press: `[data-testid=${id}]` }));
const type = (testid: string, text: string): Step => ({ press: `[data-testid=${testid}]`, text });
const row = (name: string): Step => ({ press: `[data-site-name="${name}"]` });

const with8 = (script: Partial<Script> = {}, steps?: Step[]): State => ({
  host: () => new DemoHost(eight, script),
  steps,
});
const with8and = (change: (host: DemoHost) => void, steps?: Step[]): State => ({
  host: () => {
    const host = new DemoHost(eight);
    change(host);
    return host;
  },
  steps,
});

const archive = row('Kaizen Archive');
const connecting = [archive, ...press('connect-site')];
const answering = [...connecting, type('code-field', 'EXAMPLE-code'), ...press('connect-button')];
const revoking = [row('Kaizen Core'), ...press('revoke')];
const revoked = [...revoking, ...press('revoke-confirm')];
const registering = [
  ...press('add-site', 'wizard-next'),
  type('input-base', 'https://design.example.jp/redmine'),
  ...press('wizard-next'),
];

const outcome = (change: Partial<RevocationView>): Partial<Script> => ({
  revocation: {
    atProvider: 'confirmed',
    at: instant(0),
    status: null,
    refusedWith: null,
    forgottenHere: true,
    hasPage: true,
    ...change,
  },
});

const noOauth: Partial<Script> = {
  checks: [
    {
      id: 'reach',
      label: { en: 'Answers over HTTPS', ja: 'HTTPS で応答しました' },
      milliseconds: 212,
      error: null,
    },
    {
      id: 'product',
      label: { en: 'Redmine found', ja: 'Redmine を検出しました' },
      milliseconds: 40,
      error: null,
    },
    {
      id: 'oauth',
      label: { en: 'OAuth2 is available', ja: 'OAuth2 が使えます' },
      milliseconds: 38,
      error: refusal('no_oauth', { host: 'design.example.jp', detail: '/oauth/authorize: 404' }),
    },
  ],
};

const busy = (site: SiteView, n: number): SiteView => ({
  ...site,
  busy: site.state === 'connected' && n % 2 === 0 ? 'counting' : null,
});

export const states: Record<string, State> = {
  overview: with8(),
  'overview-3': { host: () => new DemoHost(three) },
  'overview-unknown': {
    host: () => new DemoHost(three.map((site, n) => (n === 1 ? unknownProduct(site) : site))),
  },
  'overview-60': { host: () => new DemoHost(sixty) },
  filter: with8({}, [type('filter', 'plan')]),
  'filter-none': with8({}, [type('filter', 'gitlab')]),
  refreshing: with8and((host) => host.change({ sites: eight.map(busy) })),
  refused: with8({ refuse: { refreshCounts: 'file_unwritable' } }, press('refresh')),
  broken: with8({ refuse: { overview: 'file_unreadable' } }),
  hostile: { host: () => new DemoHost([hostile, ...eight]) },
  'hostile-site': {
    host: () => new DemoHost([hostile]),
    steps: [{ press: '[data-testid=site-row]' }],
  },

  site: with8({}, [row('Kaizen Core')]),
  'site-login': with8({}, [row('Campaign Ops')]),
  'site-offline': with8({}, [row('Plant Line 4')]),
  'site-limited': with8({}, [row('制作進行ボード')]),
  'site-locked': with8({}, [row('Partner Portal')]),
  'site-never': with8({}, [archive]),
  'site-pending': with8and(
    (host) => host.changeSite('kaizen-core', { state: 'revokePending' }),
    [row('Kaizen Core')],
  ),
  'site-unknown': {
    host: () => new DemoHost(three.map((site, n) => (n === 1 ? unknownProduct(site) : site))),
    steps: [row('ACME Delivery')],
  },
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

  'add-1': with8({}, press('add-site')),
  'add-2': with8({}, [
    ...press('add-site', 'wizard-next'),
    type('input-base', 'https://design.example.jp/redmine'),
  ]),
  'add-2-old': with8(noOauth, [
    ...press('add-site', 'wizard-next'),
    type('input-base', 'https://design.example.jp/redmine'),
  ]),
  'add-3': with8({}, registering),

  connect: with8({}, connecting),
  'connect-help': with8({}, [...connecting, { press: '[data-testid=browser-help] summary' }]),
  'connect-expired': with8({ refuse: { finishConnect: 'code_refused' } }, answering),
  'connect-other-site': with8({ refuse: { finishConnect: 'wrong_site' } }, answering),
  'connect-no-code': with8({ refuse: { finishConnect: 'not_a_code' } }, answering),
  'connect-denied': with8({ refuse: { finishConnect: 'denied' } }, answering),
  'connect-client': with8({ refuse: { finishConnect: 'client_refused' } }, answering),
  'connect-person': with8({ refuse: { finishConnect: 'other_person' } }, answering),
  'connect-offline': with8({ refuse: { finishConnect: 'unreachable' } }, answering),
  'connect-no-browser': with8({ notOpened: 'browser_failed' }, connecting),
  'connect-locked': with8({ refuse: { startConnect: 'keychain_locked' } }, connecting),
  'connect-over': with8and(
    (host) =>
      host.change({
        attempt: {
          id: 'a',
          site: 'kaizen-archive',
          endsAt: instant(-1),
          seconds: 600,
          notOpened: null,
        },
      }),
    [],
  ),
  'connect-done': with8({}, answering),
  'connect-counting': with8({ counting: 60_000 }, answering),
  'connect-copied': with8({}, [
    ...answering,
    { press: '[data-testid=dialog-connected] [data-testid=copy-token]' },
  ]),
  'connect-unsaved': with8(
    { unsaved: 'keychain_locked', missingScopes: ['view_issues'] },
    answering,
  ),

  revoke: with8({}, [row('Kaizen Core'), ...press('copy-token', 'revoke')]),
  'revoke-ok': with8(outcome({ status: 200, refusedWith: 401 }), revoked),
  'revoke-unseen': with8(outcome({ status: 200 }), revoked),
  'revoke-gone': with8(outcome({ atProvider: 'alreadyGone' }), revoked),
  'revoke-queued': with8(
    outcome({ atProvider: 'unreachableQueued', forgottenHere: false }),
    revoked,
  ),
  'revoke-none': with8(outcome({ atProvider: 'unsupported' }), revoked),
  'revoke-still': with8(outcome({ atProvider: 'stillAccepted' }), revoked),
  'revoke-refused': with8({ refuse: { revoke: 'client_refused' } }, revoked),
  'revoke-locked': with8({ refuse: { revoke: 'keychain_locked' } }, revoked),
  remove: with8({}, [row('Kaizen Core'), ...press('remove')]),
  'remove-anyway': with8(outcome({ atProvider: 'unreachableQueued', forgottenHere: false }), [
    row('Kaizen Core'),
    ...press('remove', 'remove-confirm'),
  ]),
  'remove-kept': with8(outcome({ atProvider: 'unreachableQueued', forgottenHere: false }), [
    row('Kaizen Core'),
    ...press('remove', 'remove-confirm', 'dialog-cancel'),
  ]),
  'remove-refused': with8({ refuse: { revoke: 'client_refused' } }, [
    row('Kaizen Core'),
    ...press('remove', 'remove-confirm'),
  ]),
  'remove-unsupported': with8(outcome({ atProvider: 'unsupported' }), [
    row('制作進行ボード'),
    ...press('remove', 'remove-confirm'),
  ]),
  forget: with8and(
    (host) => host.changeSite('kaizen-core', { state: 'revokePending' }),
    [row('Kaizen Core'), ...press('forget')],
  ),
  forgotten: with8and(
    (host) => host.changeSite('kaizen-core', { state: 'revokePending' }),
    [row('Kaizen Core'), ...press('forget', 'forget-confirm')],
  ),

  empty: { host: () => new DemoHost([]) },
  'empty-no-store': {
    host: () => {
      const host = new DemoHost([]);
      host.change({ store: { kind: 'keychain', name: '', error: 'keychain_missing' } });
      return host;
    },
  },
  'no-store': with8and((host) =>
    host.change({ store: { kind: 'keychain', name: '', error: 'keychain_missing' } }),
  ),
  locked: with8and((host) =>
    host.change({ store: { kind: 'keychain', name: 'GNOME Keyring', error: 'keychain_locked' } }),
  ),
  memory: with8and((host) => host.change({ store: { kind: 'memory', name: '', error: null } })),
  settings: with8({}, press('settings')),
};
