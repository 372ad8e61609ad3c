import type { SiteSetup, SiteView, TrustedView } from '../types';
import { trusted } from './authorities';
import { DemoHost } from './host';
import type { Script } from './script';
import { eight, many, sixty, three, worst } from './sites';
import { press, row, show, type, wait, with8, type State, type Step } from './walk';

const core = row('Kaizen Core');
const palette = press('open-palette');

const key = (key: string, more: KeyboardEventInit = {}): Step => ({
  happens: () => {
    const at = document.activeElement ?? document.body;
    at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  },
});
const focus = (testid: string): Step => ({
  happens: () => document.querySelector<HTMLElement>(`[data-testid=${testid}]`)?.focus(),
});

const importing = [
  { happens: (host: DemoHost) => host.go({ kind: 'import', sites: host.script.imported }) },
];
const editing: Step[] = [core, ...press('edit-site')];
const setup: SiteSetup = {
  name: '',
  inputs: { org: '1234', base: 'https://app.jooto.com' },
  application: null,
  redirect: 'paste',
  clientId: 'jt-2201',
};
const managing: Step[] = press('settings', 'settings-network', 'authorities');
const through = (proxy: string, authorities: TrustedView[]): State => ({
  host: () => new DemoHost(eight, { authorities }),
  steps: [
    {
      happens: (host) => host.change({ settings: { ...host.script.overview.settings, proxy } }),
    },
    ...press('settings', 'settings-network'),
  ],
});
const pinned = (rows: 'tall' | 'regular' | 'line', sites: SiteView[]): State => ({
  host: () => new DemoHost(sites),
  steps: [
    {
      happens: (host) => host.change({ settings: { ...host.script.overview.settings, rows } }),
    },
  ],
});
const of = (sites: SiteView[], steps: Step[] = [], script: Partial<Script> = {}): State => ({
  host: () => new DemoHost(sites, script),
  steps,
});
/** A pointer presses one row and moves over another, and is not let go. */
const drag = (from: string, to: string): Step => ({
  happens: () => {
    const middle = (testid: string, name: string) => {
      const row = document.querySelector(`[data-testid=${testid}][data-site-name="${name}"]`);
      const { top, height } = row?.getBoundingClientRect() ?? { top: 0, height: 0 };
      return { row, y: top + height * 0.4 };
    };
    const list = document.querySelector('[data-testid=side-row]') ? 'side-row' : 'site-row';
    const at = { bubbles: true, isPrimary: true, clientX: 40, pointerId: 1 };
    const start = middle(list, from);
    start.row?.dispatchEvent(new PointerEvent('pointerdown', { ...at, clientY: start.y }));
    const end = middle(list, to);
    document.dispatchEvent(new PointerEvent('pointermove', { ...at, clientY: end.y }));
  },
});
const tested: Step[] = [core, ...press('test-site')];
const held: Step[] = [core, focus('token-hold'), key(' '), wait(320)];

/** Palette, keys, settings, files, and the window at its limits. */
export const windows: Record<string, State> = {
  palette: with8({}, palette),
  'palette-typed': with8({}, [...palette, type('palette-field', 'ka')]),
  'palette-verb': with8({}, [...palette, type('palette-field', 'copy')]),
  'palette-none': with8({}, [...palette, type('palette-field', 'xyzzy')]),
  'palette-site': with8({}, [core, ...palette, type('palette-field', 'kaizen core'), key('Tab')]),
  shortcuts: with8({}, [key('?')]),
  'settings-about': with8({}, [...press('settings', 'settings-about')]),
  'settings-doctor': with8({}, [...press('settings', 'settings-about', 'doctor-run')]),
  'settings-refused': with8({ refuse: { saveSettings: 'file_unwritable' } }, [
    ...press('settings', 'launch'),
  ]),
  'settings-network': with8({}, press('settings', 'settings-network')),
  'settings-proxy': through('http://proxy.example.jp:8080', trusted),
  'settings-proxy-refused': through('refused', []),
  'settings-authorities': with8({ authorities: trusted }, managing),
  'settings-authority-remove': with8({ authorities: trusted }, [
    ...managing,
    ...press('authority-remove'),
  ]),
  'edit-authority': with8({ authorities: trusted }, [...editing, show('site-authority')]),
  'edit-authority-stop': with8({ authorities: trusted }, [...editing, ...press('edit-distrust')]),
  'edit-authority-unread': with8({ refuse: { authorities: 'file_unreadable' } }, [
    ...editing,
    show('edit-secret'),
  ]),
  'settings-network-unread': with8(
    { refuse: { authorities: 'file_unreadable' } },
    press('settings', 'settings-network'),
  ),
  edit: with8({}, editing),
  'edit-moves': with8({}, [...editing, type('edit-base', 'https://redmine.example.com')]),
  'edit-inputs': with8({ setup }, [row('制作進行ボード'), ...press('edit-site')]),
  'edit-taken': with8({}, [...editing, type('edit-name', 'ACME Delivery')]),
  'edit-refused': with8({ refuse: { editSite: 'https_required' } }, [
    ...editing,
    type('edit-base', 'http://redmine.example.jp'),
    ...press('edit-save'),
  ]),
  tested: with8({}, tested),
  'test-refused': with8({ refuse: { testSite: 'unreachable' } }, tested),
  'site-hold': with8({}, held),
  'site-hold-refused': with8({ refuse: { revealToken: 'keychain_locked' } }, held),
  exported: with8({}, [core, ...press('site-more', 'export-site')]),
  import: with8({}, importing),
  'import-empty': with8({ imported: [] }, importing),
  'import-add': with8({}, [...importing, ...press('import-add')]),
  'empty-import': of([], importing),
  demo: { host: () => new DemoHost([]), steps: [...press('first-demo'), wait(300)] },
  threehundred: of([...eight, ...many(292)]),
  'palette-300': of([...eight, ...many(292)], palette),
  'threehundred-end': of(
    [...eight, ...many(292)],
    [{ happens: () => document.querySelector('main')?.scrollTo(0, 1e6) }],
  ),
  arranging: with8({}, [drag('Kaizen Core', 'Support Desk')]),
  'arranging-tall': of(three, [drag('Kaizen Core', three.at(-1)?.name ?? '')]),
  'arranging-beside': with8({}, [core, drag('Kaizen Core', 'Support Desk')]),
  'row-menu': with8({}, [
    {
      happens: () => document.querySelector<HTMLElement>('[data-site-name="Kaizen Core"]')?.focus(),
    },
    key('F10', { shiftKey: true }),
    wait(200),
  ]),
  'rows-line': pinned('line', eight),
  'rows-regular': pinned('regular', three),
  'rows-tall': pinned('tall', sixty),
  worst: of([worst, ...three]),
  'worst-site': of([worst], [{ press: '[data-testid=site-row]' }]),
  'worst-revoke': of([worst], [{ press: '[data-testid=site-row]' }, ...press('revoke')]),
  'worst-60': of([worst, ...sixty]),
  zoomed: with8(),
};
