import { fireEvent } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { Place } from '../src/screens/settings/place.svelte';
import { find } from './window';

describe('the part of a long page that is read', () => {
  it.each([
    ['stays it when Space presses a button', 'button', 'first'],
    ['stays it when Space opens more', 'summary', 'first'],
    ['is another once Space scrolled', 'p', 'last'],
  ])('%s', async (_, on, at) => {
    document.body.innerHTML = `<main>
      <section data-part="first"><button></button><details><summary></summary></details><p></p></section>
      <section data-part="last"></section>
    </main>`;
    const place = new Place<'first' | 'last'>('last');
    const leave = place.follow(find('main'));
    await fireEvent.focusIn(find('button'));
    expect(place.at).toBe('first');

    await fireEvent.keyDown(find(on), { key: ' ' });
    await fireEvent.scroll(find('main'));

    expect(place.at).toBe(at);
    leave();
  });
});
