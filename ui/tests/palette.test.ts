import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { eight, many } from '../src/bridge/demo/sites';
import { fit, hits, wordsOf } from '../src/state/match';
import { openWindow, text } from './window';

const commands = () => screen.queryAllByTestId('command').map((one) => one.dataset.command);

async function opened(query = '', sites = eight) {
  const window = await openWindow(sites);
  await window.person.keyboard('{Control>}k{/Control}');
  const field = await screen.findByTestId('palette-field');
  if (query) await window.person.type(field, query);
  return { ...window, field };
}

describe('matching', () => {
  it('finds a part, the start of words, and full-width letters', () => {
    expect(fit('kai', 'Kaizen Core')).toBe(3);
    expect(fit('zen', 'Kaizen Core')).toBe(2);
    expect(fit('kc', 'Kaizen Core')).toBe(1);
    expect(fit('kx', 'Kaizen Core')).toBe(0);
    expect(hits(wordsOf('ｃｏｒｅ'), 'Kaizen Core')).toEqual([[7, 11]]);
  });

  it('says where it was found, in the letters that are shown', () => {
    expect(hits(['kc'], 'Kaizen Core')).toEqual([
      [0, 1],
      [7, 8],
    ]);
    expect(hits(['a', 'ai'], 'Kaizen')).toEqual([[1, 3]]);
  });
});

describe('the palette', () => {
  it('does what is chosen with Enter, and closes', async () => {
    const { calls, person } = await opened('curl kaizen core');
    expect(commands()[0]).toBe('copy-curl kaizen-core');
    await person.keyboard('{Enter}');
    expect(calls.at(-1)).toBe('copyToken(kaizen-core, curl)');
    expect(screen.queryByTestId('palette')).toBeNull();
  });

  it('tests a connection where its answer can be read', async () => {
    const { person } = await opened('test kaizen core');
    expect(commands()[0]).toBe('test kaizen-core');
    await person.keyboard('{Enter}');
    await waitFor(() => expect(text('test-result')).toContain('tanaka.y is logged in'));
  });

  it('points its field at the chosen command', async () => {
    const { person, field } = await opened('kaizen');
    await person.keyboard('{ArrowDown}');
    const chosen = document.getElementById(field.getAttribute('aria-activedescendant') ?? '');
    expect(chosen?.dataset.command).toBe('copy-curl kaizen-core');
    expect(chosen?.getAttribute('aria-selected')).toBe('true');
    await person.keyboard('{ArrowUp}{ArrowUp}');
    expect(commands().at(-1)).toBe(
      document.querySelector<HTMLElement>('[role=option][aria-selected=true]')?.dataset.command,
    );
  });

  it('offers only what a site can do now', async () => {
    await opened('kaizen archive');
    expect(commands()).toContain('connect kaizen-archive');
    expect(commands()).not.toContain('copy-raw kaizen-archive');
    expect(commands()).not.toContain('remove kaizen-archive');
  });

  it('shows what is seldom meant once it is named', async () => {
    await opened('revoke kaizen');
    expect(commands()).toEqual(['revoke kaizen-core']);
  });

  it('shows all actions of a site with Tab, and goes back with Escape', async () => {
    const { person } = await opened('kaizen core');
    await person.keyboard('{Tab}');
    expect(commands()).toContain('remove kaizen-core');
    expect(commands().every((id) => id?.endsWith('kaizen-core'))).toBe(true);
    await person.keyboard('{Escape}');
    expect(screen.getByTestId('palette')).toBeTruthy();
    expect(commands()).toContain('refresh-all');
  });

  it('begins with what was done last', async () => {
    const { person } = await opened('refresh all');
    await person.keyboard('{Enter}{Control>}k{/Control}');
    await screen.findByTestId('palette-field');
    expect(commands()[0]).toBe('refresh-all');
    expect(screen.getAllByText('Recent')).toHaveLength(1);
  });

  it('says when nothing matches', async () => {
    await opened('xyzzy');
    expect(screen.getAllByText('No command matches “xyzzy”')).toHaveLength(2);
  });

  it('shows no more than can be read, however many sites there are', async () => {
    await opened('copy', [...eight, ...many(292)]);
    expect(commands().length).toBeLessThanOrEqual(40);
  });
});

describe('the keys of the window', () => {
  it('open the settings, the list of keys, and the filter', async () => {
    const { person } = await openWindow(eight);
    await person.keyboard('?');
    expect(await screen.findByTestId('dialog-shortcuts')).toBeTruthy();
    await person.click(screen.getByTestId('dialog-done'));
    await person.keyboard('{Control>},{/Control}');
    expect(await screen.findByTestId('dialog-settings')).toBeTruthy();
  });

  it('show all, what needs a person, and what is overdue', async () => {
    const { person } = await openWindow(eight);
    await person.keyboard('{Control>}2{/Control}');
    expect(screen.getAllByTestId('site-row')).toHaveLength(3);
    await person.keyboard('{Control>}1{/Control}');
    expect(screen.getAllByTestId('site-row')).toHaveLength(8);
  });

  it('copy in the form that was used last', async () => {
    const { calls, person, row, press } = await openWindow(eight);
    await person.click(row('Kaizen Core'));
    await press('copy-as');
    await person.keyboard('3{Control>}c{/Control}');
    await waitFor(() =>
      expect(calls.filter((call) => call === 'copyToken(kaizen-core, curl)')).toHaveLength(2),
    );
  });

  it('go from part to part of the window', async () => {
    const { person, row } = await openWindow(eight);
    row('Kaizen Core').focus();
    await person.keyboard('{F6}');
    expect(document.activeElement?.closest('footer')).toBeTruthy();
    await person.keyboard('{F6}');
    expect(document.activeElement?.closest('header')).toBeTruthy();
    await person.keyboard('{Shift>}{F6}{/Shift}{Shift>}{F6}{/Shift}');
    expect(document.activeElement).toBe(row('Kaizen Core'));
  });

  it('zoom in steps, no further than twice, and remember it', async () => {
    const { calls, person } = await openWindow(eight);
    await person.keyboard('{Control>}{+}{+}{+}{+}{+}{+}{-}{/Control}');
    expect(calls.filter((call) => call.startsWith('setZoom'))).toHaveLength(6);
    expect(calls.at(-1)).toBe('setZoom(1.75)');
    expect(localStorage.getItem('tallykey.zoom')).toBe('1.75');
  });

  it('leave a field alone in which somebody writes', async () => {
    const { person, calls } = await openWindow(eight);
    await person.click(screen.getByTestId('filter'));
    await person.keyboard('r?');
    expect(calls).not.toContain('refreshCounts(kaizen-core)');
    expect(screen.queryByTestId('dialog-shortcuts')).toBeNull();
  });
});
