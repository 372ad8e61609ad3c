import type { SiteView } from '../../bridge/types';
import { t } from '../../i18n';
import type { MenuItem } from '../../parts/Menu.svelte';
import type { Desk } from '../../state/desk.svelte';
import { takesSecret } from '../../state/remedy';
import { isConnected, isKnown } from '../../state/standing';

/** What is seldom asked of a site. */
export function moreItems(desk: Desk, site: SiteView): MenuItem[] {
  if (!isKnown(site)) return [];
  const items: MenuItem[] = [];
  if (isConnected(site) && site.choices.length > 0) {
    items.push({
      label: t('site.choose'),
      icon: 'list',
      testid: 'choose-menu',
      run: () => (desk.dialog = { kind: 'choose', site }),
    });
  }
  if (site.counts.length > 0) {
    items.push({
      label: t('wish.open'),
      icon: 'sliders',
      testid: 'counts-menu',
      run: () => (desk.dialog = { kind: 'counts', site }),
    });
  }
  if (isConnected(site)) {
    items.push({
      label: t('site.connectAgain'),
      icon: 'log-in',
      testid: 'connect-again',
      run: () => (desk.dialog = { kind: 'connect', site }),
    });
  }
  items.push({
    label: t('site.addAccount'),
    icon: 'plus',
    testid: 'add-account',
    run: () => (desk.dialog = { kind: 'account', site }),
  });
  if (takesSecret(desk.provider(site.provider))) {
    items.push({
      label: t('site.replaceSecret'),
      icon: 'key',
      testid: 'replace-secret',
      run: () => (desk.dialog = { kind: 'secret', site }),
    });
  }
  items.push({
    label: t('file.save'),
    icon: 'export',
    testid: 'export-site',
    run: () => void desk.exportSites([site]),
  });
  return items;
}
