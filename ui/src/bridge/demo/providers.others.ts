import type { ProviderView, Redirect } from '../types';

type Words = { en: string; ja: string; de: string };

const reading: Words = { en: 'Read issues', ja: '課題の読み取り', de: 'Tickets lesen' };

/** Products that are described by a file alone; the demo shows them in the list. */
export function others(like: ProviderView, lines: Record<Redirect, string>): ProviderView[] {
  const product = (
    id: string,
    name: string,
    mark: string,
    ways: Redirect[],
    scope: string,
    summary: Words,
  ): ProviderView => ({
    ...like,
    id,
    name,
    mark,
    evidence: 'documentation',
    docs: [`https://docs.example.com/${id}/oauth`],
    inputs: like.inputs.map((input) => ({
      ...input,
      label: {
        en: `Address of your ${name}`,
        ja: `${name} のアドレス`,
        de: `Adresse Ihres ${name}`,
      },
      hint: `https://${id}.example.com`,
    })),
    applications: like.applications.map((application) => ({
      ...application,
      redirectLines: [...new Set(ways.map((way) => lines[way]))],
      ways,
    })),
    scopes: scope ? [{ id: scope, label: reading }] : [],
    counts: like.counts.slice(0, 4),
    ownCounts: null,
    registerHelp: {
      en: 'Settings → Applications → Add new application',
      ja: '設定 → アプリケーション → 新しいアプリケーションを追加',
      de: 'Einstellungen → Anwendungen → Neue Anwendung hinzufügen',
    },
    revokeHelp: {
      en: 'Settings → Applications → Authorized applications',
      ja: '設定 → アプリケーション → 認可済みアプリケーション',
      de: 'Einstellungen → Anwendungen → Autorisierte Anwendungen',
    },
    summary,
  });

  const yourself = {
    en: 'Everybody can register for themselves',
    ja: 'だれでも自分で登録できます',
    de: 'Jede Person kann selbst registrieren',
  };
  const administrator = {
    en: 'An administrator registers once',
    ja: '管理者による登録が1回必要です',
    de: 'Einmalige Registrierung durch die Administration',
  };
  return [
    product('gitlab', 'GitLab', 'Gl', ['loopback', 'paste'], 'read_api', yourself),
    product('openproject', 'OpenProject', 'Op', ['localhost-port', 'oob'], 'api_v3', administrator),
    product('forgejo', 'Gitea / Forgejo', 'Fj', ['loopback', 'paste'], 'read:issue', yourself),
    product('backlog', 'Backlog', 'Bl', ['loopback-port', 'paste'], '', yourself),
    product('github', 'GitHub', 'Gh', ['loopback', 'paste'], 'repo', yourself),
  ];
}
