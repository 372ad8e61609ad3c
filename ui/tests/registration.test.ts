import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Script } from '../src/bridge/demo/script';
import { eight } from '../src/bridge/demo/sites';
import { find, openWindow, text } from './window';

async function at(product: string, script: Partial<Script> = {}) {
  const window = await openWindow(eight, { checks: [], ...script });
  await window.press('add-site');
  await window.press(`product-${product}`);
  await window.press('wizard-next');
  return window;
}

async function registeringWorkfront() {
  const window = await at('workfront');
  await window.person.type(screen.getByTestId('input-base'), 'https://acme.my.workfront.com');
  await window.press('wizard-next');
  await screen.findByTestId('client-id');
  return window;
}

describe('what a product needs to know', () => {
  it('is asked with help, and what fits as it is stands under "More"', async () => {
    const { calls, person, press } = await at('jooto');
    const org = await screen.findByTestId<HTMLInputElement>('input-org');
    expect(document.activeElement).toBe(org);
    expect(text('dialog-add')).toContain('The number at the end of the address');
    expect(org.placeholder).toContain('organization_id=');
    const more = find('[data-testid=more-inputs]') as HTMLDetailsElement;
    expect(more.open).toBe(false);
    expect(more.querySelector<HTMLInputElement>('[data-testid=input-api]')?.value).toBe(
      'https://api.jooto.com/v1',
    );
    await person.type(org, '1234');
    await press('wizard-next');
    await screen.findByTestId('client-id');
    expect(calls).toContain(
      'checkAddress(jooto, {"org":"1234","base":"https://app.jooto.com","api":"https://api.jooto.com/v1"})',
    );
  });

  it('goes on where nothing can be looked at beforehand, and says so', async () => {
    const { person } = await at('jooto');
    await person.type(screen.getByTestId('input-org'), '1234');
    await person.tab();
    await waitFor(() => expect(text('checks')).toContain('shows when you connect'));
  });

  it('refuses letters where only digits can be', async () => {
    const { person } = await at('jooto');
    await person.type(screen.getByTestId('input-org'), 'acme');
    expect(text('dialog-add')).toContain('Digits only.');
    expect(screen.getByTestId('wizard-next').hasAttribute('disabled')).toBe(true);
  });

  it('takes a value that was emptied as the usual one', async () => {
    const { person } = await at('jooto');
    await person.type(screen.getByTestId('input-org'), '1234');
    await person.clear(screen.getByTestId('input-api'));
    expect(screen.getByTestId('wizard-next').hasAttribute('disabled')).toBe(false);
  });
});

describe('a kind of application', () => {
  it('decides whether a secret is asked for', async () => {
    const { calls, person, press } = await registeringWorkfront();
    expect(screen.getByTestId('client-secret')).toBeTruthy();
    await press('application-single-page');
    expect(screen.queryByTestId('client-secret')).toBeNull();
    await person.type(screen.getByTestId('client-id'), 'EXAMPLE-id');
    await press('connect-in-browser');
    await screen.findByTestId('dialog-connect');
    expect(calls).toContain('addSite(acme.my.workfront.com, workfront, single-page)');
  });

  it('is asked for only where there are several', async () => {
    await registeringWorkfront();
    expect(screen.getByTestId('application-web')).toBeTruthy();
    document.body.replaceChildren();
    const { person, press } = await at('redmine');
    await person.type(screen.getByTestId('input-base'), 'https://design.example.jp');
    await press('wizard-next');
    await screen.findByTestId('client-id');
    expect(screen.queryByTestId('application-confidential')).toBeNull();
  });

  it('is named in the message for the administrator, who is not asked for a secret', async () => {
    const { calls, press } = await registeringWorkfront();
    await press('application-single-page');
    await press('copy-message');
    const message = calls.at(-1) ?? '';
    expect(message).toContain('Kind: Single page application.');
    expect(message).toContain('I need the application ID.');
    expect(message).not.toContain('Scope');
  });
});

describe('the registration', () => {
  it('has each line to carry over with a button to copy it', async () => {
    const { calls, person } = await registeringWorkfront();
    await person.click(screen.getByRole('button', { name: 'Copy Name' }));
    expect(calls.at(-1)).toBe('copyText(Tallykey)');
    await person.click(screen.getByRole('button', { name: 'Copy Redirect URI' }));
    expect(calls.at(-1)).toBe('copyText(http://127.0.0.1:17643/callback)');
  });

  it('leads to the vendor’s own pages', async () => {
    const { calls, press } = await registeringWorkfront();
    expect(text('docs-1')).toBe('experienceleague.adobe.com/…/oauth-app-pkce-flow');
    await press('docs-1');
    expect(calls.at(-1)).toBe('openPage(docs, workfront, 1)');
  });

  it('tells how many calls the product allows', async () => {
    const { person, press } = await at('jooto');
    await person.type(screen.getByTestId('input-org'), '1234');
    await press('wizard-next');
    await screen.findByTestId('client-id');
    expect(text('budget')).toBe(
      'At most 60 calls a minute and 100 calls a month for the whole organization: counts are asked for only when you refresh.',
    );
  });
});
