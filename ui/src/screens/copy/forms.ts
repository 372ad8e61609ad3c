import type { CopyFormat, SiteView } from '../../bridge/types';
import { t } from '../../i18n';
import type { MenuItem } from '../../parts/Menu.svelte';
import type { Desk } from '../../state/desk.svelte';

const formats: CopyFormat[] = ['raw', 'header', 'curl', 'httpie', 'powershell', 'env', 'json'];

/** One menu item for each form a token can be copied in, chosen by its digit. */
export function copyItems(
  desk: Desk,
  site: SiteView,
  onresult?: (copied: boolean) => void,
): MenuItem[] {
  return formats.map((format, index) => ({
    label: t().copy[format],
    key: String(index + 1),
    testid: `copy-${format}`,
    run: async () => onresult?.(await desk.copyToken(site.id, format)),
  }));
}
