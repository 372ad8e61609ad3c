import type { CopyFormat, SiteView } from '../../bridge/types';
import { t } from '../../i18n';
import type { IconName } from '../../icons/paths';
import { now } from '../../state/clock.svelte';
import type { Desk } from '../../state/desk.svelte';
import { hasCounts } from '../../state/numbers';
import { remedy, remedyOf, takesSecret } from '../../state/remedy';
import { hasToken, isConnected, isKnown, standingOf } from '../../state/standing';
import { pickSiteFile } from '../file/pick';
import { refreshedWords, tokenWords } from '../overview/rowWords';
import { command as key, focusFilter, shift } from '../window/shortcuts';

/** Something a person can do now. */
export type Command = {
  /** The same after a restart: what was done lately is kept by it. */
  id: string;
  site: SiteView | null;
  label: string;
  icon: IconName;
  /** What it is about, in small letters. */
  hint?: string;
  keys?: string;
  /** Shown for a site before its verb was typed. */
  main?: boolean;
  run: () => unknown;
};

/** The forms beside the token alone, likeliest first. */
const likelyForms: Exclude<CopyFormat, 'raw'>[] = [
  'curl',
  'header',
  'httpie',
  'powershell',
  'env',
  'json',
];

/** What can be done everywhere. */
export function globalCommands(desk: Desk): Command[] {
  const all: (Omit<Command, 'site'> | false | null | undefined)[] = [
    desk.sites.length > 0 && {
      id: 'refresh-all',
      label: t('palette.refreshAll'),
      icon: 'refresh',
      keys: 'F5',
      run: () => desk.refresh(null),
    },
    {
      id: 'add',
      label: t('palette.addSite'),
      icon: 'plus',
      keys: key('N'),
      run: () => (desk.dialog = { kind: 'add' }),
    },
    {
      id: 'import',
      label: t('palette.importFile'),
      icon: 'import',
      keys: key('O'),
      run: () => pickSiteFile(desk),
    },
    {
      id: 'settings',
      label: t('palette.settings'),
      icon: 'sliders',
      keys: key(','),
      run: () => (desk.dialog = { kind: 'settings' }),
    },
    {
      id: 'shortcuts',
      label: t('palette.shortcuts'),
      icon: 'list',
      keys: '?',
      run: () => (desk.dialog = { kind: 'shortcuts' }),
    },
    { id: 'filter', label: t('palette.filter'), icon: 'search', keys: '/', run: focusFilter },
    ...(['all', 'needsYou', 'overdue'] as const).map((show, index) => ({
      id: `show-${show}`,
      label: {
        all: t('palette.showAll'),
        needsYou: t('palette.showNeedsYou'),
        overdue: t('palette.showOverdue'),
      }[show],
      icon: 'list' as const,
      keys: key(String(index + 1)),
      run: () => {
        desk.filter.show = show;
        desk.back();
      },
    })),
    desk.overview?.clipboard && {
      id: 'clear',
      label: t('palette.clearClipboard'),
      icon: 'close',
      keys: key(shift('X')),
      run: () => desk.clearClipboard(),
    },
    desk.opened !== null && {
      id: 'back',
      label: t('palette.allSites'),
      icon: 'chevron-left',
      keys: 'Alt ←',
      run: () => desk.back(),
    },
    desk.sites.length > 0 && {
      id: 'export-all',
      label: t('palette.saveAll'),
      icon: 'export',
      run: () => desk.exportSites(desk.sites),
    },
    {
      id: 'doctor',
      label: t('palette.doctor'),
      icon: 'pulse',
      run: () => (desk.dialog = { kind: 'settings', about: true }),
    },
    {
      id: 'zoom-in',
      label: t('palette.zoomIn'),
      icon: 'plus',
      keys: key('+'),
      run: () => desk.zoom.by(1),
    },
    {
      id: 'zoom-out',
      label: t('palette.zoomOut'),
      icon: 'search',
      keys: key('-'),
      run: () => desk.zoom.by(-1),
    },
    {
      id: 'zoom-reset',
      label: t('palette.zoomReset'),
      icon: 'search',
      keys: key('0'),
      run: () => desk.zoom.reset(),
    },
    desk.stage.leaveDemo && {
      id: 'leave-demo',
      label: t('palette.leaveDemo'),
      icon: 'close',
      run: desk.stage.leaveDemo,
    },
  ];
  return all.filter((one) => !!one).map((one) => ({ ...one, site: null }));
}

/** What can be done with a site as it now stands. */
export function siteCommands(desk: Desk, site: SiteView): Command[] {
  const { id, name } = site;
  const found: Command[] = [];
  const add = (
    verb: string,
    icon: IconName,
    label: string,
    run: () => unknown,
    more: Partial<Command> = {},
  ) => found.push({ id: `${verb} ${id}`, site, icon, label, run, ...more });

  const cure = remedyOf(desk, site);
  const standing = standingOf(site);
  const state = standing === 'fresh' ? undefined : t(`row.${standing}`);
  const main = true;
  if (hasToken(site)) {
    const copy = (form: CopyFormat) => () => desk.copyToken(id, form);
    add('copy-raw', 'copy', t('palette.copyToken', { site: name }), copy('raw'), {
      main,
      hint: tokenWords(site, now()),
    });
    for (const form of likelyForms) {
      const label = t('palette.copyAs', { form: t(`toast.forms.${form}`), site: name });
      add(`copy-${form}`, 'terminal', label, copy(form), { main: form === 'curl' });
    }
  }
  const doIt = () => cure && remedy(desk, site, cure);
  if (cure === 'connect')
    add(cure, 'log-in', t('palette.connect', { site: name }), doIt, { main, hint: state });
  if (cure === 'logIn')
    add(cure, 'log-in', t('palette.logIn', { site: name }), doIt, { main, hint: state });
  if (cure === 'accept')
    add(cure, 'check', t('palette.accept', { site: name }), doIt, { main, hint: state });
  add('show', 'chevron-right', t('palette.show', { site: name }), () => desk.open(id), {
    main,
    hint: state,
  });
  if (isKnown(site)) {
    const page = () => desk.openPage(id, { kind: 'home', site: id });
    add('open', 'open', t('palette.open', { site: name }), page, { main, hint: site.host });
  }
  if (isConnected(site)) {
    const hint = hasCounts(site) ? refreshedWords(site, now()) : undefined;
    add('refresh', 'refresh', t('palette.refresh', { site: name }), () => desk.refresh(id), {
      main,
      hint,
    });
    add('test', 'pulse', t('palette.test', { site: name }), () => desk.test(id));
    const again = () => (desk.dialog = { kind: 'connect', site });
    add('again', 'log-in', t('palette.again', { site: name }), again);
    if (site.choices.length > 0) {
      add(
        'choose',
        'list',
        t('palette.choose', { site: name }),
        () => (desk.dialog = { kind: 'choose', site }),
      );
    }
  }
  if (isKnown(site)) {
    add(
      'edit',
      'pencil',
      t('palette.edit', { site: name }),
      () => (desk.dialog = { kind: 'edit', site }),
    );
    add(
      'account',
      'plus',
      t('palette.account', { site: name }),
      () => (desk.dialog = { kind: 'account', site }),
    );
    if (takesSecret(desk.provider(site.provider))) {
      add(
        'secret',
        'key',
        t('palette.secret', { site: name }),
        () => (desk.dialog = { kind: 'secret', site }),
      );
    }
    add('export', 'export', t('palette.save', { site: name }), () => desk.exportSites([site]));
    if (site.state !== 'notConnected') {
      add(
        'revoke',
        'revoke',
        t('palette.revoke', { site: name }),
        () => (desk.dialog = { kind: 'revoke', site }),
      );
    }
  }
  if (desk.arranging.canMove(id, -1)) {
    const up = () => void desk.arranging.move(id, -1);
    add('move-up', 'chevron-up', t('palette.moveUp', { site: name }), up, { keys: 'Alt ↑' });
  }
  if (desk.arranging.canMove(id, 1)) {
    const down = () => void desk.arranging.move(id, 1);
    add('move-down', 'chevron-down', t('palette.moveDown', { site: name }), down, {
      keys: 'Alt ↓',
    });
  }
  add(
    'remove',
    'trash',
    t('palette.remove', { site: name }),
    () => (desk.dialog = { kind: 'remove', site }),
  );
  return found;
}
