import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { overviewOf, type Script } from '../src/bridge/demo/script';
import { providers } from '../src/bridge/demo/providers';
import { eight, refusal } from '../src/bridge/demo/sites';
import { openWindow } from './window';

const failed: Partial<Script> = {
  checks: [
    { id: 'reach', label: { en: 'Answers over HTTPS' }, milliseconds: 212, error: null },
    { id: 'oauth', label: { en: 'OAuth2' }, milliseconds: 38, error: refusal('no_oauth') },
  ],
};

async function atAddress(script: Partial<Script> = {}) {
  const window = await openWindow(eight, script);
  await window.person.keyboard('{Control>}n{/Control}');
  await screen.findByTestId('dialog-add');
  await window.press('wizard-next');
  const address = await screen.findByTestId('input-base');
  return { ...window, address };
}

async function atRegistration(script: Partial<Script> = {}) {
  const window = await atAddress(script);
  await window.person.type(window.address, 'https://design.example.jp/redmine');
  await window.press('wizard-next');
  await screen.findByTestId('client-id');
  return window;
}

describe('adding a site', () => {
  it('goes from the product to the browser', async () => {
    const { calls, person, press } = await atRegistration();
    await person.type(screen.getByTestId('client-id'), 'EXAMPLE-id');
    await person.type(screen.getByTestId('client-secret'), 'EXAMPLE-secret');
    await press('connect-in-browser');
    expect(await screen.findByTestId('dialog-connect')).toBeTruthy();
    expect(calls).toContain('addSite(design.example.jp, redmine, confidential)');
    expect(calls.at(-1)).toMatch(/^startConnect/);
  });

  it('looks at the address and shows what it found', async () => {
    const { calls, person, address } = await atAddress();
    await person.type(address, 'https://design.example.jp/redmine');
    await person.tab();
    const checks = screen.getByTestId('checks');
    await waitFor(() => expect(checks.textContent).toContain('OAuth2 is available'));
    expect(calls).toContain('checkAddress(redmine, {"base":"https://design.example.jp/redmine"})');
  });

  it('does not go on from an address that failed, and says what to do', async () => {
    const { calls, person, address, press } = await atAddress(failed);
    await person.type(address, 'https://design.example.jp');
    await press('wizard-next');
    await waitFor(() =>
      expect(screen.getByTestId('checks').textContent).toContain('This server has no OAuth2'),
    );
    expect(screen.getByTestId('wizard-next').hasAttribute('disabled')).toBe(true);
    await press('copy-message');
    expect(calls.at(-1)).toContain(
      'Could you register an application on design.example.jp? Where: Administration',
    );
  });

  it('looks again after the address was changed', async () => {
    const { host, person, address, press } = await atAddress(failed);
    await person.type(address, 'https://design.example.jp');
    await person.tab();
    await screen.findByTestId('check-again');
    host.script.checks = host.script.checks.map((check) => ({ ...check, error: null }));
    await person.type(address, '/redmine');
    await press('wizard-next');
    expect(await screen.findByTestId('client-id')).toBeTruthy();
  });

  it('suggests a name and refuses one that is taken', async () => {
    const { person, address } = await atAddress();
    await person.type(address, 'https://design.example.jp/redmine');
    const name = screen.getByTestId<HTMLInputElement>('site-name');
    expect(name.value).toBe('design.example.jp');
    await person.clear(name);
    await person.type(name, 'kaizen core');
    expect(screen.getByText('Another site has this name already.')).toBeTruthy();
    expect(screen.getByTestId('wizard-next').hasAttribute('disabled')).toBe(true);
  });

  it('needs the secret where the product has one, and never shows it', async () => {
    const { person } = await atRegistration();
    await person.type(screen.getByTestId('client-id'), 'EXAMPLE-id');
    expect(screen.getByTestId('connect-in-browser').hasAttribute('disabled')).toBe(true);
    expect(screen.getByTestId('client-secret').getAttribute('type')).toBe('password');
  });

  it('copies the exact lines for the registration', async () => {
    const { calls, person } = await atRegistration();
    await person.click(screen.getByRole('button', { name: 'Copy Redirect URI' }));
    expect(calls.at(-1)).toBe('copyText(urn:ietf:wg:oauth:2.0:oob\nhttp://127.0.0.1/callback)');
  });

  it('opens the registration page only where the product has one', async () => {
    const { calls, press } = await atRegistration();
    await press('open-registration');
    expect(calls.at(-1)).toContain('openPage(register, redmine');
    document.body.replaceChildren();
    const without = providers.map((provider) => ({ ...provider, hasRegisterPage: false }));
    await atRegistration({ overview: { ...overviewOf(eight), providers: without } });
    expect(screen.queryByTestId('open-registration')).toBeNull();
  });

  it('explains inside the wizard why a text was not copied', async () => {
    const { press } = await atRegistration({ refuse: { copyText: 'clipboard_failed' } });
    await press('copy-message');
    const wizard = screen.getByTestId('dialog-add');
    expect(wizard.contains(await screen.findByRole('alert'))).toBe(true);
    expect(wizard.textContent).toContain('The clipboard cannot be used');
    expect(wizard.textContent).not.toContain('Message copied');
  });

  it('keeps what was typed when the program refuses', async () => {
    const { host, person, press } = await atRegistration();
    host.script.refuse = { addSite: 'file_unwritable' };
    await person.type(screen.getByTestId('client-id'), 'EXAMPLE-id');
    await person.type(screen.getByTestId('client-secret'), 'EXAMPLE-secret');
    await press('connect-in-browser');
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be written');
    expect(screen.getByTestId<HTMLInputElement>('client-id').value).toBe('EXAMPLE-id');
  });

  it('starts from the first run as well', async () => {
    const { press } = await openWindow([]);
    await press('first-add-site');
    expect(await screen.findByTestId('dialog-add')).toBeTruthy();
  });
});
