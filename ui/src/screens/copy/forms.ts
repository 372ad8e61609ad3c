import type { CopyFormat, SiteView } from '../../bridge/types';
import { t } from '../../i18n';
import type { MenuItem } from '../../parts/Menu.svelte';
import type { Desk } from '../../state/desk.svelte';

const formats: CopyFormat[] = ['raw', 'header', 'curl', 'httpie', 'powershell', 'env', 'json'];

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

/** One menu item for each form a token can be copied in, chosen by its digit. */
export function copyItems(
  desk: Desk,
  site: SiteView,
  onresult?: (copied: boolean) => void,
  previews?: Previews,
): MenuItem[] {
  return formats.map((format, index) => ({
    label: t().copy[format],
    more: previews && (previews[format] ?? ''),
    key: String(index + 1),
    testid: `copy-${format}`,
    run: async () => onresult?.(await desk.copyToken(site.id, format)),
  }));
}
