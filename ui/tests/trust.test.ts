import { screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { trusted } from '../src/bridge/demo/authorities';
import type { Script } from '../src/bridge/demo/script';
import { eight, refusal } from '../src/bridge/demo/sites';
import { openWindow, text } from './window';

const untrusted: Partial<Script> = {
  checks: [
    {
      id: 'reach',
      label: {},
      milliseconds: 38,
      error: refusal('tls_untrusted', { host: 'plant.example.jp', detail: 'unknown issuer' }),
    },
  ],
};
const file = (bytes = 30) => new File(['x'.repeat(bytes)], 'plant-ca.pem');

type Window = Awaited<ReturnType<typeof openWindow>>;

async function choose({ person }: Window, chosen = file()) {
  await person.upload(await screen.findByTestId('authority-file'), chosen);
}

describe('a certificate that is not trusted', () => {
  async function refused(script: Partial<Script> = untrusted) {
    const window = await openWindow(eight, script);
    await window.press('add-site');
    await window.press('wizard-next');
    await window.person.type(await screen.findByTestId('input-base'), 'https://plant.example.jp');
    await window.press('wizard-next');
    return window;
  }

  it('can be vouched for by an authority of this site alone, whose fingerprint is shown first', async () => {
    const window = await refused();
    expect(await screen.findByText('unknown issuer')).toBeTruthy();
    await window.press('add-trust');
    expect(screen.getByTestId<HTMLButtonElement>('trust-submit').disabled).toBe(true);
    await choose(window);
    await waitFor(() => expect(text('certificate')).toContain('3F:A2:91:C4:0B'));
    expect(text('certificate')).toContain('Example Plant Root CA 2');
    await window.press('trust-submit');
    await waitFor(() => expect(text('add-trusted')).toContain('Example Plant Root CA 2'));
    expect(window.calls.at(-1)).toMatch(/^checkAddress\(.*, 3fa2\)$/);
    expect(screen.queryByTestId('dialog-trust')).toBeNull();
    await window.press('wizard-next');
    await window.person.type(await screen.findByTestId('client-id'), 'EXAMPLE-id');
    await window.person.type(screen.getByTestId('client-secret'), 'EXAMPLE-secret');
    const added: (string | undefined)[] = [];
    const add = window.host.addSite.bind(window.host);
    window.host.addSite = (site) => {
      added.push(site.authority);
      return add(site);
    };
    await window.press('connect-in-browser');
    await waitFor(() => expect(added[0]).toMatch(/^3fa2/));
  });

  it('is refused again once that trust is taken back', async () => {
    const window = await refused();
    await window.press('add-trust');
    await choose(window);
    await waitFor(() => screen.getByTestId('certificate'));
    await window.press('trust-submit');
    await window.press('add-distrust');
    expect(await screen.findByTestId('add-trust')).toBeTruthy();
    expect(screen.queryByTestId('add-trusted')).toBeNull();
  });

  it('keeps all that was typed when the chooser of files is closed again', async () => {
    const window = await refused();
    await window.press('add-trust');
    const chooser = await screen.findByTestId('authority-file');
    chooser.dispatchEvent(new Event('cancel', { bubbles: true }));
    expect(await screen.findByTestId('dialog-trust')).toBeTruthy();
    screen.getByTestId('dialog-trust').dispatchEvent(new Event('cancel', { cancelable: true }));
    await waitFor(() => expect(screen.queryByTestId('dialog-trust')).toBeNull());
    expect(screen.getByTestId<HTMLInputElement>('input-base').value).toContain('plant.example.jp');
    expect(document.activeElement).toBe(screen.getByTestId('add-trust'));
  });

  it('is offered another where the one that was chosen is gone', async () => {
    await refused({ ...untrusted, refuse: { checkAddress: 'authority_missing' } });
    expect(await screen.findByTestId('add-trust')).toBeTruthy();
  });

  it('says why a file cannot be used, and reads none that is too large', async () => {
    const window = await refused({ ...untrusted, refuse: { readAuthority: 'private_key_given' } });
    await window.press('add-trust');
    await choose(window);
    expect(await screen.findByText('This file holds a private key')).toBeTruthy();
    const asked = window.calls.length;
    await choose(window, file(65 * 1024));
    expect(await screen.findByText(/larger than 64 KiB/)).toBeTruthy();
    expect(window.calls).toHaveLength(asked);
    expect(screen.getByTestId<HTMLButtonElement>('trust-submit').disabled).toBe(true);
  });

  it('is offered beside the trouble of a site, which is asked again', async () => {
    const error = refusal('tls_untrusted', { host: 'redmine.example.jp' });
    const trouble = { error, since: new Date().toISOString(), until: null };
    const sites = eight.map((site) => (site.name === 'Kaizen Core' ? { ...site, trouble } : site));
    const window = await openWindow(sites);
    await window.open('Kaizen Core');
    await window.press('trust-site');
    await choose(window);
    await waitFor(() => screen.getByTestId('certificate'));
    await window.press('trust-submit');
    await waitFor(() => expect(window.calls).toContain('trustAuthority(kaizen-core, 3fa2)'));
    await waitFor(() => expect(window.calls.at(-1)).toBe('refreshCounts(kaizen-core)'));
    expect(screen.queryByTestId('dialog-trust')).toBeNull();
  });

  it('is not called off while it is being trusted, and closes nothing else then', async () => {
    const error = refusal('tls_untrusted', { host: 'redmine.example.jp' });
    const trouble = { error, since: new Date().toISOString(), until: null };
    const sites = eight.map((site) => (site.name === 'Kaizen Core' ? { ...site, trouble } : site));
    const window = await openWindow(sites);
    let keep = () => {};
    const kept = new Promise<void>((done) => (keep = done));
    const trust = window.host.trustAuthority.bind(window.host);
    window.host.trustAuthority = (...how) => kept.then(() => trust(...how));
    await window.open('Kaizen Core');
    await window.press('trust-site');
    await choose(window);
    await waitFor(() => screen.getByTestId('certificate'));
    await window.press('trust-submit');
    expect(screen.getByTestId<HTMLButtonElement>('trust-cancel').disabled).toBe(true);
    const dialog = screen.getByTestId('dialog-trust');
    dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    await tick();
    expect(screen.getByTestId('dialog-trust')).toBeTruthy();
    window.host.go({ kind: 'settings' });
    keep();
    await waitFor(() => expect(window.calls.at(-1)).toBe('refreshCounts(kaizen-core)'));
    expect(await screen.findByTestId('dialog-settings')).toBeTruthy();
  });

  it('is trusted or not where a site is edited', async () => {
    const window = await openWindow(eight, { authorities: trusted });
    await window.open('Kaizen Core');
    await window.press('edit-site');
    await waitFor(() => expect(text('site-authority')).toBe('Example Plant Root CA 2'));
    await window.press('edit-distrust');
    expect((await screen.findByRole('alert')).textContent).toContain('can no longer be reached');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('edit-trust-keep')));
    await window.press('edit-trust-keep');
    expect(window.calls).not.toContain('trustAuthority(kaizen-core, null)');
    await window.press('edit-distrust');
    await window.press('edit-distrust-now');
    await waitFor(() => expect(text('site-authority')).toBe('Only those of the system'));
    expect(window.calls).toContain('trustAuthority(kaizen-core, null)');
  });

  it('is not said to be missing where it could not be read', async () => {
    const window = await openWindow(eight, { refuse: { authorities: 'file_unreadable' } });
    await window.open('Kaizen Core');
    await window.press('edit-site');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.queryByTestId('site-authority')).toBeNull();
    expect(screen.queryByTestId('edit-trust')).toBeNull();
  });
});

describe('the network of the settings', () => {
  async function settings(script: Partial<Script> = {}) {
    const window = await openWindow(eight, script);
    await window.press('settings');
    const saved = () => window.calls.filter((call) => call.startsWith('save'));
    return { ...window, saved };
  }

  it('keeps a proxy when its field is left, and nothing before', async () => {
    const { person, press, saved } = await settings();
    await person.selectOptions(screen.getByTestId('proxy'), 'address');
    const field = await screen.findByTestId('proxy-address');
    expect(saved()).toEqual([]);
    await person.type(field, 'proxy.example.jp:8080');
    expect(saved()).toEqual([]);
    await press('settings-network');
    await waitFor(() => expect(saved()).toEqual(['saveProxy(proxy.example.jp:8080)']));
    await person.selectOptions(screen.getByTestId('proxy'), 'none');
    await waitFor(() => expect(saved().at(-1)).toBe('saveProxy(none)'));
    expect(screen.queryByTestId('proxy-address')).toBeNull();
  });

  it('leaves a refused proxy in its field, with the reason', async () => {
    const { person, press } = await settings({ refuse: { saveProxy: 'proxy_with_password' } });
    await person.selectOptions(screen.getByTestId('proxy'), 'address');
    const field = await screen.findByTestId<HTMLInputElement>('proxy-address');
    await person.type(field, 'me:x@proxy');
    await press('settings-network');
    expect(await screen.findByText(/must not hold a name or a password/)).toBeTruthy();
    expect(field.value).toBe('me:x@proxy');
  });

  it('does not call unread authorities none', async () => {
    await settings({ refuse: { authorities: 'file_unreadable' } });
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.queryByText(/^None\./)).toBeNull();
  });

  it('lists whom single sites trust, and asks before it takes one away', async () => {
    const { calls, press } = await settings({ authorities: trusted });
    expect(await screen.findByText(/trusted for 2 sites only: Kaizen Core and/)).toBeTruthy();
    await press('authorities');
    const [first] = await screen.findAllByTestId('authority-remove');
    first?.click();
    expect((await screen.findByRole('alert')).textContent).toContain('can no longer be reached');
    await press('authority-remove-now');
    await waitFor(() => expect(calls).toContain('removeAuthority(3fa2)'));
    await waitFor(() => expect(screen.getAllByTestId('certificate')).toHaveLength(1));
    expect(document.activeElement).toBe(screen.getByTestId('authorities-done'));
  });

  it('keeps the keyboard where it was while it asks, and when the list closes', async () => {
    const { person, press } = await settings({ authorities: trusted });
    await press('authorities');
    const [first] = await screen.findAllByTestId('authority-remove');
    if (first) await person.click(first);
    expect(document.activeElement).toBe(await screen.findByTestId('authority-keep'));
    await press('authority-keep');
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getAllByTestId('authority-remove')[0]),
    );
    await press('authorities-done');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('authorities')));
  });
});
