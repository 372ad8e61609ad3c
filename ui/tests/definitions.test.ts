import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { own, providers } from '../src/bridge/demo/providers';
import { overviewOf, type Script } from '../src/bridge/demo/script';
import { eight, three, unaccepted } from '../src/bridge/demo/sites';
import type { Overview } from '../src/bridge/types';
import { find, openWindow, text } from './window';

async function products(change: Partial<Overview> = {}, script: Partial<Script> = {}) {
  const overview = { ...overviewOf(eight), providers: [...providers, own], ...change };
  const window = await openWindow(eight, { overview, ...script });
  await window.press('add-site');
  await screen.findByTestId('dialog-add');
  return window;
}

const next = () => screen.getByTestId('wizard-next');

describe('the list of products', () => {
  it('marks what was never tried on a live server', async () => {
    await products();
    expect(text('product-redmine')).not.toContain('Untested');
    expect(text('product-jooto')).toContain('Untested');
    expect(text('dialog-add')).toContain(
      '“Untested”: made from documentation, not yet tried on a live server.',
    );
  });

  it('says of a definition of one’s own which file it is from', async () => {
    await products();
    expect(text('product-house-tracker')).toContain('Your own file');
    expect(text('product-house-tracker')).toContain(own.file);
    expect(text('product-redmine')).not.toContain('.toml');
  });

  it('goes through all products with the arrows, and round', async () => {
    const { person } = await products();
    expect(document.activeElement).toBe(screen.getByTestId('product-redmine'));
    await person.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(screen.getByTestId('product-house-tracker'));
    await person.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(screen.getByTestId('product-planio'));
    expect(document.querySelectorAll('dialog [role=radio][tabindex="0"]')).toHaveLength(1);
  });

  it('tells of files that cannot be used, and stops none of the others', async () => {
    const { calls, press } = await products({
      brokenDefinitions: [
        { file: '/home/yui/mantis.toml', line: 14, reason: 'unknown field `tokn`' },
        { file: '/home/yui/copy.toml', line: null, reason: 'another definition is called `x`' },
      ],
    });
    expect(text('broken-definitions')).toContain('/home/yui/mantis.toml, line 14');
    expect(text('broken-definitions')).toContain('unknown field `tokn`');
    expect(text('broken-definitions')).toContain('another definition is called `x`');
    expect(next().hasAttribute('disabled')).toBe(false);
    await press('open-definitions');
    expect(calls.at(-1)).toBe('openPage(definitions)');
  });
});

describe('a definition of one’s own', () => {
  it('cannot be used before the hosts that receive secrets were accepted', async () => {
    const { calls, person, press } = await products();
    await press('product-house-tracker');
    expect(text('receivers')).toContain('the address you enter: Address of the tracker');
    expect(text('receivers')).toContain('login.example.com');
    expect(text('definition-file')).toBe(own.file);
    expect(next().hasAttribute('disabled')).toBe(true);
    await press('accept-definition');
    expect(calls).toContain('acceptDefinition(house-tracker, 5f1c)');
    await waitFor(() => expect(screen.queryByTestId('receivers')).toBeNull());
    expect(document.activeElement).toBe(screen.getByTestId('product-house-tracker'));
    await person.keyboard('{Enter}');
    expect(await screen.findByTestId('input-base')).toBeTruthy();
  });

  it('explains beside it why it could not be accepted', async () => {
    const { press } = await products({}, { refuse: { acceptDefinition: 'file_unwritable' } });
    await press('product-house-tracker');
    await press('accept-definition');
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be written');
    expect(screen.getByTestId('receivers')).toBeTruthy();
  });

  it('leaves its sites calm until it is accepted: nothing else can be done', async () => {
    const sites = three.map((site, n) => (n === 0 ? unaccepted(site) : site));
    const { calls, host, open, press, row } = await openWindow(sites);
    host.change({ providers: [...providers, own] });
    await waitFor(() => expect(row('Kaizen Core').textContent).toContain('Not accepted'));
    expect(row('Kaizen Core').querySelector('.urgent')).toBeNull();
    await open('Kaizen Core');
    expect(text('trouble')).toContain('Until you accept it, nothing is sent');
    for (const hook of ['copy-token', 'open-site', 'refresh-site', 'revoke', 'site-more']) {
      expect(screen.queryByTestId(hook)).toBeNull();
    }
    await press('accept');
    expect(text('dialog-accept')).toContain('login.example.com');
    expect(document.activeElement).toBe(screen.getByTestId('dialog-cancel'));
    await press('accept-definition');
    expect(calls.at(-1)).toBe('acceptDefinition(house-tracker, 5f1c)');
    await waitFor(() => expect(find('[data-testid=revoke]')).toBeTruthy());
  });
});
