import { mount, unmount } from 'svelte';
import Root from './Root.svelte';
import type { Host } from './bridge/host';
import './styles/tokens.css';
import './styles/base.css';

/** Puts the window's page into the document, on whatever host it runs. What comes back takes it out again. */
export function open(host: Host): () => Promise<void> {
  const root = mount(Root, { target: document.body, props: { host } });
  return () => unmount(root);
}
