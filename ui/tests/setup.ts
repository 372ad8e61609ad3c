import { afterEach, beforeEach, vi } from 'vitest';
import { speak } from '../src/i18n';

// happy-dom has no popovers; a menu is a plain element then.
HTMLElement.prototype.showPopover ??= () => undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], shouldAdvanceTime: true });
  // The clock of the page goes back to the time of this test.
  document.dispatchEvent(new Event('visibilitychange'));
  speak('en');
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());
