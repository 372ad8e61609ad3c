import { mount } from 'svelte';
import Root from './Root.svelte';
import type { Host } from './bridge/host';
import './styles/tokens.css';
import './styles/base.css';

/** Puts the window's page into the document, on whatever host it runs. */
export function open(host: Host): void {
  mount(Root, { target: document.body, props: { host } });
}
