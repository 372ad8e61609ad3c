import { configure } from '@testing-library/svelte';
import { afterEach, beforeEach, vi } from 'vitest';
import { speak } from '../src/i18n';
import { begun } from './begun';

// What is waited for comes at once where nothing else runs.
configure({ asyncUtilTimeout: 10_000 });

// happy-dom has no popovers; a menu is a plain element then.
HTMLElement.prototype.showPopover ??= () => undefined;

// The made-up sites tell times from when they are read: every file is read, and each test begins, at the same moment.
vi.useFakeTimers({ now: begun, toFake: ['Date'] });

beforeEach(() => {
  vi.useFakeTimers({
    now: begun,
    toFake: ['setTimeout', 'clearTimeout', 'Date'],
    shouldAdvanceTime: true,
  });
  // The clock of the page goes back to the time of this test.
  document.dispatchEvent(new Event('visibilitychange'));
  speak('en');
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
