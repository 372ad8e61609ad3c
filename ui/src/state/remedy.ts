import type { Failure } from '../bridge/failure';
import type { ErrorCode, ProviderView, SiteView } from '../bridge/types';
import type { Desk } from './desk.svelte';
import { looks, standingOf, type Remedy } from './standing';
import { unlock } from './store';

/** What a site in trouble needs from a person. */
export function remedyOf(desk: Desk, site: SiteView): Remedy | null {
  const standing = standingOf(site);
  const remedy = standing === 'fresh' ? null : looks[standing].remedy;
  // An application without a secret was refused for another reason.
  if (remedy === 'replaceSecret' && !takesSecret(desk.provider(site.provider))) return 'retry';
  // Nobody can vouch for what has run out, or is of somebody else.
  if (remedy === 'trust' && !isTrustable(site.trouble?.error.code)) return 'retry';
  // There is nothing to unlock.
  if (remedy === 'unlock' && desk.overview?.store.error === 'vault_missing') return 'newFile';
  return remedy;
}

/** Whether an authority that is trusted for the site may be all it needs. */
export function isTrustable(code: ErrorCode | null | undefined): boolean {
  return code === 'tls_untrusted' || code === 'authority_missing' || code === 'certificate_over';
}

/** Whether the product knows applications with a secret. */
export function takesSecret(provider: ProviderView | null): boolean {
  return provider?.applications.some(({ needsClientSecret }) => needsClientSecret) ?? false;
}

/** Whether the server refused the application, and another secret may be all it needs. */
export function needsSecret(failure: Failure | null, provider: ProviderView | null): boolean {
  return failure?.code === 'client_refused' && takesSecret(provider);
}

/** Whether there is no such site any more, so that no other try helps. */
export function isGone(failure: Failure | null): boolean {
  return failure?.code === 'no_such_site';
}

/** Does it. */
export function remedy(desk: Desk, site: SiteView, cure: Remedy): void {
  switch (cure) {
    case 'connect':
    case 'logIn':
      desk.dialog = { kind: 'connect', site };
      return;
    case 'choose':
      desk.dialog = { kind: 'choose', site };
      return;
    case 'replaceSecret':
      desk.dialog = { kind: 'secret', site };
      return;
    case 'trust':
      desk.dialog = { kind: 'trust', site };
      return;
    case 'accept': {
      const provider = desk.provider(site.provider);
      if (provider) desk.dialog = { kind: 'accept', provider };
      return;
    }
    case 'retryRevoke':
      desk.dialog = { kind: 'revoke', site, atOnce: true };
      return;
    case 'unlock':
    case 'newFile':
      if (desk.overview?.store.error) unlock(desk);
      else void desk.refresh(site.id);
      return;
    case 'openSite':
      void desk.openPage(site.id, { kind: 'home', site: site.id });
      return;
    case 'retry':
      void desk.refresh(site.id);
  }
}
