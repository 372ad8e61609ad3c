import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { sampleToken } from '../src/bridge/demo/copying';
import type { Script } from '../src/bridge/demo/script';
import { eight } from '../src/bridge/demo/sites';
import { openWindow } from './window';

async function opened(script: Partial<Script> = {}) {
  const window = await openWindow(eight, script);
  await window.open('Kaizen Core');
  const button = await screen.findByTestId('token-hold');
  button.focus();
  return { ...window, button };
}

const isShown = () => document.body.innerHTML.includes(sampleToken);
const held = async (button: HTMLElement) => {
  await fireEvent.keyDown(button, { key: ' ' });
  await vi.advanceTimersByTimeAsync(300);
};

describe('a token that is held', () => {
  it('is shown after a moment, and gone with the release', async () => {
    const { button } = await opened();
    await held(button);
    expect(screen.getByTestId('token-whole').textContent).toBe(sampleToken);
    await fireEvent.keyUp(button, { key: ' ' });
    expect(isShown()).toBe(false);
  });

  it('is not asked for by a click', async () => {
    const { button, calls } = await opened();
    // However long a busy machine takes between the two.
    vi.setTimerTickMode('manual');
    await fireEvent.pointerDown(button, { button: 0 });
    await vi.advanceTimersByTimeAsync(100);
    await fireEvent.pointerUp(button);
    await vi.advanceTimersByTimeAsync(400);
    expect(calls).not.toContain('revealToken(kaizen-core)');
  });

  it.each([
    ['Escape', (button: HTMLElement) => fireEvent.keyDown(button, { key: 'Escape' })],
    ['leaving the button', (button: HTMLElement) => fireEvent.blur(button)],
    ['leaving the window', () => fireEvent.blur(window)],
    ['a hidden window', () => fireEvent(document, new Event('visibilitychange'))],
  ])('is gone with %s', async (_name, leave) => {
    const { button } = await opened();
    await held(button);
    expect(isShown()).toBe(true);
    await leave(button);
    await waitFor(() => expect(isShown()).toBe(false));
  });

  it('is never read out', async () => {
    const { button } = await opened();
    await held(button);
    expect(screen.getByTestId('token-whole').getAttribute('aria-hidden')).toBe('true');
    expect(screen.getByText('The token is shown').getAttribute('role')).toBe('status');
  });

  it('stays masked when it cannot be read, and says why', async () => {
    const { button } = await opened({ refuse: { revealToken: 'keychain_locked' } });
    await held(button);
    expect(isShown()).toBe(false);
    expect(screen.getByRole('alert').textContent).toContain('locked');
  });
});

describe('the forms of a copy', () => {
  it('are shown with the end of the token alone', async () => {
    const { press } = await opened();
    await press('copy-as');
    const curl = await screen.findByTestId('copy-curl');
    await waitFor(() => expect(curl.textContent).toContain('Bearer …4f2a'));
    expect(isShown()).toBe(false);
  });

  it('can be copied although they cannot be shown', async () => {
    const { calls, press } = await opened({ refuse: { copyPreview: 'file_unreadable' } });
    await press('copy-as');
    await press('copy-json');
    expect(calls.at(-1)).toBe('copyToken(kaizen-core, json)');
  });
});
