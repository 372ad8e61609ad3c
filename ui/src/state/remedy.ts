import type { SiteView } from '../bridge/types';
import type { Desk } from './desk.svelte';
import type { Remedy } from './standing';

/** Does what a site in trouble needs from a person. */
export function remedy(desk: Desk, site: SiteView, cure: Remedy): void {
  switch (cure) {
    case 'connect':
    case 'logIn':
      desk.dialog = { kind: 'connect', site };
      return;
    case 'retryRevoke':
      desk.dialog = { kind: 'revoke', site, atOnce: true };
      return;
    case 'unlock':
      // Looking at the keychain again makes the system ask for it to be unlocked.
      void (desk.overview?.store.error ? desk.useStore('keychain') : desk.refresh(site.id));
      return;
    case 'retry':
      void desk.refresh(site.id);
  }
}
