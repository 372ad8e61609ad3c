import { readFileSync } from 'node:fs';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { DemoHost } from '../src/bridge/demo/host';
import { setup } from '../src/bridge/demo/setups';
import type { ImportedSite, SiteView } from '../src/bridge/types';
import { eight, many, worst } from '../src/bridge/demo/sites';
import { tick } from 'svelte';
import Root from '../src/Root.svelte';
import { plain } from '../src/state/plain';
import { find, openWindow, text } from './window';

const site = (name: string): ImportedSite => ({
  provider: 'redmine',
  name,
  inputs: { base: `https://${name.toLowerCase()}.example.jp` },
  application: null,
  redirect: null,
  clientId: 'abc',
});

describe('a long list', () => {
  const long = [...eight, ...many(292)];
  const rows = () => screen.getAllByTestId('site-row');

  it('builds only what is in sight, and tells how long it is', async () => {
    await openWindow(long);
    expect(rows().length).toBeLessThan(60);
    // Its head, three groups and the sites.
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('304');
  });

  it('builds the last row when the keyboard goes there', async () => {
    const { person } = await openWindow(long);
    rows()[0]?.focus();
    const line = () => document.activeElement?.getAttribute('aria-rowindex');
    await person.keyboard('{End}');
    await waitFor(() => expect(line()).toBe('304'));
    await person.keyboard('{Home}');
    await waitFor(() => expect(line()).toBe('3'));
  });

  it('is written over as a filter is typed', async () => {
    const { person } = await openWindow(long);
    const before = rows();
    await person.type(screen.getByTestId('filter'), 'works');
    expect(rows().map((row) => row.dataset.siteName)).toContain('Quality Works');
    const again = rows().filter((row) => before.includes(row));
    expect(again.length).toBeGreaterThan(rows().length / 2);
  });

  it('leaves the keyboard at the site it is at, wherever that goes', async () => {
    const { host } = await openWindow(long);
    const at = rows()[9];
    at?.focus();
    const name = at?.dataset.siteName;
    host.change({ sites: host.script.overview.sites.filter((_, n) => n !== 0) });
    await waitFor(() => expect(text('totals')).toContain('299'));
    expect(document.activeElement?.getAttribute('data-site-name')).toBe(name);
  });

  it('shows the check mark of a copy at no other site', async () => {
    const { person } = await openWindow(long);
    const marks = () => screen.queryAllByLabelText('Copied');
    const copy = rows()
      .map((row) => row.querySelector<HTMLElement>('[data-testid=copy-token]'))
      .find((button) => button !== null);
    if (copy) await person.click(copy);
    await waitFor(() => expect(marks()).toHaveLength(1));
    await person.type(screen.getByTestId('filter'), 'works');
    expect(marks()).toHaveLength(0);
  });

  it('has the height a person chose', async () => {
    const { host } = await openWindow(eight);
    host.change({ settings: { ...host.script.overview.settings, rows: 'line' } });
    await waitFor(() => expect(document.querySelector('.list.line')).toBeTruthy());
  });
});

describe('the settings', () => {
  it('are kept as they are chosen', async () => {
    const { host, person, press } = await openWindow(eight);
    await press('settings');
    await person.selectOptions(screen.getByTestId('refresh-minutes'), '15');
    await person.click(screen.getByTestId('launch'));
    await person.selectOptions(screen.getByTestId('tray-count'), 'icon');
    expect(host.script.overview.settings.tray).toBe('icon');
    await person.click(screen.getByTestId('tray'));
    const { refreshMinutes, launchAtLogin, tray } = host.script.overview.settings;
    expect([refreshMinutes, launchAtLogin, tray]).toEqual([15, true, 'hidden']);
    expect(screen.queryByTestId('close-to-tray')).toBeNull();
    expect(screen.queryByTestId('tray-count')).toBeNull();
  });

  it('tell which Tallykey this is: the version of the program', async () => {
    const { press } = await openWindow(eight);
    await press('settings');
    const [, version = ''] =
      /^version = "(.+)"$/m.exec(readFileSync('../Cargo.toml', 'utf8')) ?? [];
    expect(screen.getByText(`Tallykey ${version}`)).toBeTruthy();
  });

  it('tell of a refusal where it was made', async () => {
    const { press } = await openWindow(eight, { refuse: { saveSettings: 'file_unwritable' } });
    await press('settings');
    await press('launch');
    const alert = await screen.findByRole('alert');
    expect(alert.closest('section')?.dataset.part).toBe('general');
  });

  it('mark the part that was asked for or is worked in, until the person scrolls', async () => {
    const { press } = await openWindow(eight);
    const marked = () =>
      document.querySelector('nav [aria-current]')?.getAttribute('data-testid') ?? '';
    await press('settings');
    await press('settings-about');
    const body = document.querySelector('[data-part]')?.parentElement;
    const scroll = async () => {
      body?.dispatchEvent(new Event('scroll'));
      await tick();
    };
    await scroll();
    expect(marked()).toBe('settings-about');
    screen.getByTestId('clear-seconds').focus();
    await scroll();
    expect(marked()).toBe('settings-clipboard');
    body?.dispatchEvent(new Event('wheel'));
    await scroll();
    expect(marked()).not.toBe('settings-clipboard');
  });

  it('let the doctor look, and copy what it found', async () => {
    const { calls, press } = await openWindow(eight);
    await press('settings');
    await press('doctor-run');
    await waitFor(() => expect(text('doctor-lines')).toContain('The clock is ahead'));
    await press('doctor-copy');
    expect(calls.at(-1)).toContain('Failed · reach: A proxy refuses the way');
  });
});

describe('editing a site', () => {
  async function editing() {
    const window = await openWindow(eight);
    await window.open('Kaizen Core');
    await window.press('edit-site');
    await screen.findByTestId('edit-name');
    return window;
  }

  it('warns that the connection stays with the old address, and logs in there anew', async () => {
    const { calls, person, press } = await editing();
    expect(screen.queryByTestId('edit-moves')).toBeNull();
    await person.type(screen.getByTestId('edit-base'), '.au');
    expect(text('edit-moves')).toContain('redmine.example.jp');
    await press('edit-save');
    expect(calls).toContain('editSite(kaizen-core, Kaizen Core, kT3x0u2yQe7r1vJm, null)');
    expect(await screen.findByTestId('dialog-connect')).toBeTruthy();
  });

  it('only renames where only the name is changed', async () => {
    const { person, press, row } = await editing();
    await person.clear(screen.getByTestId('edit-name'));
    await person.type(screen.getByTestId('edit-name'), 'Core');
    await press('edit-save');
    await waitFor(() => expect(screen.queryByTestId('dialog-edit')).toBeNull());
    await press('back');
    expect(row('Core')).toBeTruthy();
  });

  it('shows and saves a way that is offered where the stored one is not', async () => {
    const window = await openWindow(eight, {
      setup: { ...setup, redirect: 'localhost-port' },
    });
    const saved: string[] = [];
    window.host.editSite = async (id, { redirect }) => {
      saved.push(redirect);
      return window.host.script.overview.sites.find((one) => one.id === id) as SiteView;
    };
    await window.open('Kaizen Core');
    await window.press('edit-site');
    const select = await screen.findByTestId<HTMLSelectElement>('edit-redirect');
    expect(select.value).toBe('oob');
    await window.press('edit-save');
    await waitFor(() => expect(saved).toEqual(['oob']));
  });

  it('marks the address that was refused', async () => {
    const { host, press } = await editing();
    host.script.refuse = { editSite: 'https_required' };
    await press('edit-save');
    await waitFor(() =>
      expect(screen.getByTestId('edit-base').getAttribute('aria-invalid')).toBe('true'),
    );
    expect(screen.getByTestId('edit-name').hasAttribute('aria-invalid')).toBe(false);
    expect(document.activeElement).toBe(screen.getByTestId('edit-base'));
  });

  it('tests the connection beside its actions', async () => {
    const { open, press } = await openWindow(eight);
    await open('Kaizen Core');
    await press('test-site');
    await waitFor(() => expect(text('test-result')).toContain('tanaka.y is logged in'));
  });
});

describe('a site file', () => {
  it('is added site by site, and goes on where it was left', async () => {
    const { calls, host, press } = await openWindow(eight, {
      imported: [site('One'), site('Two')],
    });
    host.go({ kind: 'import', sites: host.script.imported });
    await screen.findByTestId('dialog-import');
    const [first] = screen.getAllByTestId('import-add');
    first?.click();
    expect(((await screen.findByTestId('site-name')) as HTMLInputElement).value).toBe('One');
    await waitFor(() => expect(calls.some((call) => call.startsWith('checkAddress'))).toBe(true));
    await press('dialog-cancel');
    expect(screen.getAllByTestId('import-add')).toHaveLength(2);
    await press('dialog-done');
    expect(screen.queryByTestId('dialog-import')).toBeNull();
  });

  it('is offered where a product is chosen, and takes the place of the wizard', async () => {
    const { host, press } = await openWindow(eight);
    const asked = vi.spyOn(HTMLInputElement.prototype, 'click').mockReturnValue();
    await press('add-site');
    await press('add-from-file');
    const field = asked.mock.contexts.at(-1) as HTMLInputElement;
    asked.mockRestore();
    const files = [new File(['version = 1'], 'team.tallykey')];
    Object.defineProperty(field, 'files', { value: files });
    field.onchange?.(new Event('change'));
    await screen.findByTestId('dialog-import');
    expect(screen.queryByTestId('dialog-add')).toBeNull();
    expect(host.script.imported.length).toBeGreaterThan(0);
  });

  it('says what to ask for', async () => {
    const { calls, host, person, press } = await openWindow(eight);
    host.go({ kind: 'import', sites: [{ ...site('One'), scopes: ['view_wiki_pages'] }] });
    await person.click(await screen.findByTestId('import-add'));
    await screen.findByTestId('site-name');
    await waitFor(() => expect(calls.some((call) => call.startsWith('checkAddress'))).toBe(true));
    await press('wizard-next');
    await person.type(await screen.findByTestId('client-secret'), 'EXAMPLE-secret');
    await press('connect-in-browser');
    await waitFor(() =>
      expect(calls).toContain('addSite(One, redmine, confidential, view_wiki_pages)'),
    );
  });

  it('is written without a question, and its path is told', async () => {
    const { calls, open, press } = await openWindow(eight);
    await open('Kaizen Core');
    await press('site-more');
    await press('export-site');
    expect(calls.at(-1)).toBe('exportSites(kaizen-core)');
    await waitFor(() => expect(text('toast')).toContain('/kaizen-core.tallykey'));
  });
});

describe('the tray', () => {
  it('brings the window to a site, and to the last place once an open question is answered', async () => {
    const { host, press } = await openWindow(eight);
    host.go({ kind: 'site', site: 'kaizen-core' });
    await waitFor(() =>
      expect(find('[data-testid=site-detail]').dataset.siteName).toBe('Kaizen Core'),
    );
    await press('revoke');
    host.go({ kind: 'site', site: 'kaizen-core' });
    host.go({ kind: 'settings' });
    expect(screen.queryByTestId('dialog-settings')).toBeNull();
    expect(screen.getByTestId('dialog-revoke')).toBeTruthy();
    await press('dialog-cancel');
    await screen.findByTestId('dialog-settings');
    await press('dialog-done');
    expect(screen.queryByTestId('dialog-settings')).toBeNull();
  });
});

describe('the demo', () => {
  it('is marked, asks nothing of the program, and is left without a trace', async () => {
    const host = new DemoHost([]);
    host.script.overview.settings.language = 'en';
    const person = userEvent.setup({ delay: null });
    render(Root, { host });
    await person.click(await screen.findByTestId('first-demo'));
    expect(await screen.findByTestId('demo-bar')).toBeTruthy();
    const before = host.script.calls.length;
    await person.click(screen.getByTestId('refresh'));
    expect(host.script.calls).toHaveLength(before);
    await person.click(screen.getByTestId('leave-demo'));
    expect(await screen.findByTestId('first-add-site')).toBeTruthy();
    expect(screen.queryAllByTestId('site-row')).toHaveLength(0);
  });
});

describe("somebody else's text", () => {
  it('loses its controls and gets an end', () => {
    const turned = String.fromCodePoint(0x202e, 0x2066, 0x07);
    expect(plain(`${turned}abc`)).toBe('abc');
    expect(plain('한국어 e\u0301 👩‍👩‍👧')).toBe('한국어 e\u0301 👩‍👩‍👧');
    expect(plain('x'.repeat(10_000), 120)).toHaveLength(121);
  });

  it('is shown as text wherever a site is', async () => {
    const { open } = await openWindow([worst]);
    const row = find('[data-testid=site-row]');
    expect(row.querySelector('script')).toBeNull();
    expect(row.textContent).toContain('<script>alert(1)</script>');
    await open(row.dataset.siteName ?? '');
    const detail = find('[data-testid=site-detail]');
    // Its own elements have a class; what would come with a text has none.
    expect(detail.querySelector('script, i:not([class]), b:not([class])')).toBeNull();
    expect(detail.textContent).toContain('<i>root</i>');
    expect(detail.textContent?.length).toBeLessThan(4000);
    expect(detail.textContent).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});
