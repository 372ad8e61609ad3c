import type { AtProvider, ProviderView, RevocationView, SiteView } from '../../bridge/types';
import { format, pick, t } from '../../i18n';
import type { Step } from '../../parts/Steps.svelte';

export type Outcome = {
  site: SiteView;
  provider: ProviderView | null;
  revocation: RevocationView;
  store: string;
  tokenUntil: string | null;
};

export function revokedTitle(result: AtProvider): string {
  const words = t().revoke;
  return {
    confirmed: words.confirmed,
    alreadyGone: words.alreadyGone,
    unsupported: words.unsupported,
    accessOnly: words.accessOnly,
    unreachableQueued: words.queued,
    stillAccepted: words.stillAccepted,
  }[result];
}

/** What is known to have happened, and nothing else. The last step is where the page link goes. */
export function revokedSteps(outcome: Outcome): Step[] {
  const words = t().revoke;
  const { site, provider, revocation, store, tokenUntil } = outcome;
  const now = Date.parse(revocation.at);
  const page = provider ? pick(provider.revokeHelp) : undefined;
  const deleted: Step[] = revocation.forgottenHere
    ? [{ mark: 'check', tone: 'ok', text: words.deleted(store) }]
    : [];

  switch (revocation.atProvider) {
    case 'confirmed':
      return [
        {
          mark: 'check',
          tone: 'ok',
          text: words.confirmedAt(format.time(revocation.at)),
          more: refused(outcome),
        },
        ...deleted,
        { mark: 'info', text: words.untouched, more: page },
      ];
    case 'alreadyGone':
      return [
        { mark: 'check', tone: 'ok', text: words.alreadyGoneMeans(site.host) },
        ...deleted,
        { mark: 'info', text: words.untouched, more: page },
      ];
    case 'unreachableQueued':
      return [
        {
          mark: 'offline',
          tone: 'warn',
          text: words.queuedWhat,
          more: words.queuedMeans(site.host),
        },
        { mark: 'lock', text: words.kept, more: words.keptMeans(store) },
        { mark: 'info', text: words.hurry, more: page },
      ];
    case 'unsupported':
      return [
        ...deleted,
        {
          mark: 'warning',
          tone: 'warn',
          text: words.unsupportedWhat(provider?.name ?? site.host),
          more: tokenUntil
            ? words.unsupportedMeans(format.moment(tokenUntil, now))
            : words.unsupportedNoEnd,
        },
        { mark: 'info', text: words.forGood, more: page },
      ];
    case 'accessOnly':
      return [
        { mark: 'check', tone: 'ok', text: words.accessOnlyWhat, more: refused(outcome) },
        ...deleted,
        { mark: 'warning', tone: 'warn', text: words.accessOnlyMeans, more: page },
      ];
    case 'stillAccepted':
      return [
        ...deleted,
        { mark: 'warning', tone: 'warn', text: words.stillAcceptedMeans, more: page },
      ];
  }
}

/** Whether the server was seen to refuse the token. */
function refused({ site, revocation }: Outcome): string {
  const words = t().revoke;
  const status = revocation.status === null ? '' : words.status(revocation.status);
  return revocation.refusedWith === null
    ? words.acceptedUnseen(site.host, status)
    : words.accepted(site.host, status, revocation.refusedWith);
}
