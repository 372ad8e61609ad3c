import type { ProviderView, RevocationView, SiteView } from '../../bridge/types';
import { format, pick, t } from '../../i18n';
import type { Step } from '../../parts/Steps.svelte';

export type Outcome = {
  site: SiteView;
  provider: ProviderView | null;
  revocation: RevocationView;
  store: string;
  tokenUntil: string | null;
  /** What came of trying again is told above. */
  triedAgain?: boolean;
};

export function revokedTitle(revocation: RevocationView): string {
  if (isUnseen(revocation)) return t('revoke.acceptedTitle');
  return {
    confirmed: t('revoke.confirmed'),
    alreadyGone: t('revoke.alreadyGone'),
    unsupported: t('revoke.unsupported'),
    accessOnly: t('revoke.accessOnly'),
    unreachableQueued: t('revoke.queued'),
    stillAccepted: t('revoke.stillAccepted'),
  }[revocation.atProvider];
}

/** The server said yes, and nobody saw it refuse the token. */
function isUnseen({ atProvider, refusedWith }: RevocationView): boolean {
  return (atProvider === 'confirmed' || atProvider === 'accessOnly') && refusedWith === null;
}

/** What is known to have happened, and nothing else. The last step is where the page link goes. */
export function revokedSteps(outcome: Outcome): Step[] {
  const { site, provider, revocation, store, tokenUntil, triedAgain } = outcome;
  const now = Date.parse(revocation.at);
  const page = provider ? pick(provider.revokeHelp) : undefined;
  const deleted: Step[] = revocation.forgottenHere
    ? [{ mark: 'check', tone: 'ok', text: t('revoke.deleted', { store }) }]
    : [];
  const time = format.time(revocation.at);
  const told: Step = isUnseen(revocation)
    ? { mark: 'info', text: t('revoke.acceptedAt', { time }), more: refused(outcome) }
    : {
        mark: 'check',
        tone: 'ok',
        text: t('revoke.confirmedAt', { time }),
        more: refused(outcome),
      };

  switch (revocation.atProvider) {
    case 'confirmed':
      return [told, ...deleted, { mark: 'info', text: t('revoke.untouched'), more: page }];
    case 'alreadyGone':
      return [
        { mark: 'check', tone: 'ok', text: t('revoke.alreadyGoneMeans', { host: site.host }) },
        ...deleted,
        { mark: 'info', text: t('revoke.untouched'), more: page },
      ];
    case 'unreachableQueued':
      return [
        ...(triedAgain ? [] : [unreached(site)]),
        { mark: 'lock', text: t('revoke.kept'), more: t('revoke.keptMeans', { store }) },
        { mark: 'info', text: t('revoke.hurry'), more: page },
      ];
    case 'unsupported':
      return [
        ...deleted,
        {
          mark: 'warning',
          tone: 'warn',
          text: t('revoke.unsupportedWhat', { product: provider?.name ?? site.host }),
          more: tokenUntil
            ? t('revoke.unsupportedMeans', { time: format.moment(tokenUntil, now) })
            : t('revoke.unsupportedNoEnd'),
        },
        { mark: 'info', text: t('revoke.forGood'), more: page },
      ];
    case 'accessOnly':
      return [
        told,
        ...deleted,
        { mark: 'warning', tone: 'warn', text: t('revoke.accessOnlyMeans'), more: page },
      ];
    case 'stillAccepted':
      return [
        ...deleted,
        { mark: 'warning', tone: 'warn', text: t('revoke.stillAcceptedMeans'), more: page },
      ];
  }
}

function unreached({ host }: SiteView): Step {
  const more = t('revoke.queuedMeans', { host });
  return { mark: 'offline', tone: 'warn', text: t('revoke.queuedWhat'), more };
}

/** Whether the server was seen to refuse the token. */
function refused({ site, revocation }: Outcome): string {
  const status =
    revocation.status === null ? '' : t('revoke.status', { status: revocation.status });
  return revocation.refusedWith === null
    ? t('revoke.acceptedUnseen', { host: site.host, status })
    : t('revoke.accepted', { host: site.host, status, refused: revocation.refusedWith });
}
