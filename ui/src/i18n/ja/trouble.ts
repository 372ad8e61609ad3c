import type { trouble as en } from '../en/trouble';
import type { Japanese } from '../translated';

/** The Japanese texts about what does not go as it should, and goes on by itself or needs a person. */
export const trouble: Japanese<typeof en> = {
  note: {
    since: '{{time}} からこの状態です。',
    byItself: '接続は保持し、自動で再試行します。',
    signIn:
      '{{time}} から、サーバーがこの接続を受け付けていません。件数はそのまま残しています。ログインするとすべて元どおりに続きます。',
    offline: '{{host}} に接続できません',
    offlineSince: '{{time}} から応答がありません。',
    proxy: 'プロキシが {{host}} への接続を拒否しています',
    proxyMeans: '名前とパスワードが必要なプロキシかもしれません。',
    proxyNext: '設定の「ネットワーク」か、システムの設定でプロキシを確認してください。',
    rate: '{{host}} から {{time}} まで待つよう求められています',
    rateOver: '{{host}} から {{time}} まで待つよう求められました',
    rateOpen: '{{host}} から待つよう求められています',
    rateLeft: 'あと{{duration}}です。',
    rateMeans: 'その後、自動で再開します。トークンのコピーは今も使えます。',
    rateOpenMeans:
      '期限は示されていません。しばらくしてから自動で再開します。トークンのコピーは今も使えます。',
    rateSoon: 'まもなく自動で再開します。',
    server: '{{host}} で問題が起きています',
    serverMeans: '{{time}} から、今は処理できないと応答しています。',
    serverUntil: '{{time}} まで待つよう求められています。',
    locked: '{{store}} はロック中です',
    lockedMeans:
      '現在のトークンは {{time}} まで使えます。新しいトークンにはロック解除が必要です。何も削除していません。',
    lockedNoEnd: '何も削除していません。',
    revokePending: 'まだ取り消されていません',
    revokePendingMeans:
      '{{host}} では、この接続がまだ有効な可能性があります。件数を更新するたびに、自動で再試行します。トークンのコピーや利用はできません。',
    openSite: 'サイトを開く',
    forget: '再試行をやめて、ここでのみ削除…',
    unknownNext: 'Tallykey を更新するか、定義ファイルを元に戻すか、サイトを削除してください。',
    unacceptedNext: '承認するまで何も送信せず、件数は残します。',
    rateByHand: 'その後、更新してください。トークンのコピーは今も使えます。',
    byHand: '接続は保持しています。更新すると再試行します。',
  },

  clock: {
    ahead: 'このコンピューターの時計は{{duration}}進んでいます',
    behind: 'このコンピューターの時計は{{duration}}遅れています',
    means: 'Tallykey はサーバーの時刻に従います。',
    next: '「日付と時刻」の設定で時計を合わせてください。',
    dismiss: '了解',
    shortAhead: '時計が{{duration}}進んでいます',
    shortBehind: '時計が{{duration}}遅れています',
  },
};
