import type { ActivityView } from '../../bridge/types';
import { format, t, whatOf } from '../../i18n';
import type { IconName } from '../../icons/paths';
import { otherForms } from '../copy/forms';

export type Told = { at: string; icon: IconName; text: string };

const icons: Record<ActivityView['what'], IconName> = {
  connected: 'log-in',
  counted: 'refresh',
  copied: 'copy',
  tokenRenewed: 'key',
  tested: 'check',
  refreshRefused: 'warning',
  trouble: 'warning',
  recovered: 'check',
  revoked: 'revoke',
  forgotten: 'trash',
  edited: 'sliders',
};

/** How far a connection was ended, beside "confirmed". */
const otherEnds = ['alreadyGone', 'accessOnly', 'stillAccepted'] as const;

/** What happened with a site, newest first; an outage that is over is one line with its length. */
export function tell(all: ActivityView[]): Told[] {
  const ended = new Set<ActivityView>();
  return all.flatMap((one, index) => {
    if (ended.has(one)) return [];
    const outage = one.what === 'recovered' ? outageBefore(all, index) : null;
    if (!outage) return [{ at: one.at, icon: iconOf(one), text: words(one) }];
    ended.add(outage);
    const seconds = (Date.parse(one.at) - Date.parse(outage.at)) / 1000;
    const text = t('activity.offlineFor', { duration: format.duration(seconds) });
    return [{ at: one.at, icon: 'offline', text }];
  });
}

function outageBefore(all: ActivityView[], index: number): ActivityView | null {
  const before = all
    .slice(index + 1)
    .find(({ what }) => what === 'trouble' || what === 'recovered');
  return before?.code === 'unreachable' ? before : null;
}

function iconOf({ what, code }: ActivityView): IconName {
  return code === 'unreachable' ? 'offline' : icons[what];
}

function words({ what, word, code }: ActivityView): string {
  switch (what) {
    case 'connected':
      return word ? t('activity.connected', { login: word }) : t('activity.connectedPlain');
    case 'copied': {
      const form = otherForms.find((form) => form === word);
      return form
        ? t('activity.copiedAs', { form: t(`toast.forms.${form}`) })
        : t('activity.copied');
    }
    case 'revoked': {
      const end = otherEnds.find((end) => end === word);
      return end ? t(`revoke.${end}`) : t('activity.revoked');
    }
    case 'trouble':
      return code ? whatOf(code) : t('error.unknown.what');
    default:
      return t(`activity.${what}`);
  }
}
