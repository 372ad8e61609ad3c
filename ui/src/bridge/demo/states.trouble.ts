import type { SiteView } from '../types';
import { DemoHost } from './host';
import { instant, eight, signedOut, three } from './sites';
import { cases, degraded, inCase, renewalLost } from './troubles';
import { press, row, with8, with8and, type State } from './walk';

const core = row('Kaizen Core');

function firstIs(change: (site: SiteView) => SiteView, more?: State['steps']): State {
  return {
    host: () => new DemoHost(eight.map((site, n) => (n === 0 ? change(site) : site))),
    steps: [core, ...(more ?? [])],
  };
}

const sites = Object.keys(cases).map((name): [string, State] => [
  `site-${name}`,
  { host: () => hostIn(name), steps: [core] },
]);

/** Where the keychain is the trouble, the whole window has it. */
function hostIn(name: string): DemoHost {
  const host = new DemoHost(eight.map((site, n) => (n === 0 ? inCase(site, name) : site)));
  const code = cases[name]?.code;
  if (code?.startsWith('keychain_')) {
    host.change({
      store: { kind: 'keychain', name: 'GNOME Keyring', error: code, vault: 'missing' },
    });
  }
  return host;
}

const old = (site: SiteView): SiteView => ({ ...site, countedAt: instant(-540), trouble: null });
const ahead = (seconds: number, steps?: State['steps']) =>
  with8and((host) => host.change({ clockAhead: seconds }), steps);

/** What does not go as it should. */
export const troubles: Record<string, State> = {
  ...Object.fromEntries(sites),
  'site-renewal': firstIs(renewalLost),
  'site-old': firstIs(old),
  'site-repeats': {
    host: () =>
      new DemoHost(
        eight.map((site, n) => (n === 0 ? inCase(site, 'offline') : site)),
        { refuse: { copyToken: 'unreachable' } },
      ),
    steps: [core, ...press('copy-token')],
  },
  'overview-degraded': { host: () => new DemoHost(degraded) },
  'overview-degraded-8': { host: () => new DemoHost(degraded.slice(3, 14)) },
  'overview-degraded-4': { host: () => new DemoHost(degraded.slice(0, 4)) },
  'overview-old': { host: () => new DemoHost(three.map(old)) },
  'overview-old-8': { host: () => new DemoHost(eight.map(old)) },

  'clock-ahead': ahead(23 * 3600 + 40),
  'clock-behind': ahead(-8 * 60),
  'clock-read': ahead(23 * 3600, press('clock-read')),
  'clock-site': ahead(23 * 3600, [core]),
  'clock-copied': ahead(23 * 3600, [...press('clock-read'), core, ...press('copy-token')]),

  'site-login-first': { host: () => new DemoHost([signedOut(three[0] as SiteView)]) },
  waiting: with8and((host) =>
    host.change({
      store: {
        kind: 'keychain',
        name: 'GNOME Keyring',
        error: 'keychain_waiting',
        vault: 'missing',
      },
    }),
  ),
  'refused-row': with8({ refuse: { copyToken: 'unreachable' } }, [
    { press: '[data-site-name="Kaizen Core"] [data-testid=copy-token]' },
  ]),
};
