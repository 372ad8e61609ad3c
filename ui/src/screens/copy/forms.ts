import type { ClipboardView, CopyFormat, SiteView } from '../../bridge/types';
import { t } from '../../i18n';
import type { MenuItem } from '../../parts/Menu.svelte';
import type { Desk } from '../../state/desk.svelte';

/** The forms that are more than the token. */
export const otherForms = ['header', 'curl', 'httpie', 'powershell', 'env', 'json'] as const;
const formats: CopyFormat[] = ['raw', ...otherForms];

/** What was copied, and of which site. */
export function copiedWords({ format, siteName: site }: ClipboardView): string {
  if (format === 'raw') return t('toast.copied', { site });
  return t('toast.copiedAs', { form: t(`toast.forms.${format}`), site });
}

/** How each form would read, with the token masked. */
export type Previews = Partial<Record<CopyFormat, string>>;

/** A form that cannot be shown has no preview, and can be copied all the same. */
export async function previewsOf(desk: Desk, site: SiteView): Promise<Previews> {
  const asked = formats.map(async (format): Promise<[CopyFormat, string]> => {
    const text = await desk.host.copyPreview(site.id, format).catch(() => '');
    return [format, text.trim()];
  });
  return Object.fromEntries(await Promise.all(asked));
}

/** One menu item for each form a token can be copied in, chosen by its digit. Without previews it is among others. */
export function copyItems(
  desk: Desk,
  site: SiteView,
  onresult?: (copied: boolean) => void,
  previews?: Previews,
): MenuItem[] {
  return formats.map((format, index) => ({
    ...(previews ? { label: t(`copy.${format}`) } : amongOthers(format)),
    more: previews && (previews[format] ?? ''),
    key: String(index + 1),
    testid: `copy-${format}`,
    run: async () => onresult?.(await desk.copyToken(site.id, format)),
  }));
}

/** It says for itself what it does. */
function amongOthers(format: CopyFormat) {
  const label =
    format === 'raw' ? t('copy.token') : t('copy.form', { form: t(`toast.forms.${format}`) });
  return { label, icon: 'copy' } as const;
}
