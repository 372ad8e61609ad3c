import type { Messages } from './messages';

/** The Japanese texts about what does not go as it should, and goes on by itself or needs a person. */
export const trouble: Pick<Messages, 'note' | 'clock'> = {
  note: {
    since: (time) => `${time} から続いています。`,
    byItself: '接続は保持し、自動で再試行します。',
    signIn: (time) =>
      `${time} から、サーバーがこの接続を受け付けていません。件数はそのまま残しています。ログインするとすべて元どおりに続きます。`,
    offline: (host) => `${host} に接続できません`,
    offlineSince: (time) => `${time} から応答がありません。`,
    proxy: (host) => `プロキシが ${host} への接続を拒否しています`,
    proxyMeans: '名前とパスワードが必要なプロキシかもしれません。',
    proxyNext: 'システムのネットワーク設定でプロキシを確認してください。',
    rate: (host, time) => `${host} から ${time} まで待つよう求められています`,
    rateOver: (host, time) => `${host} から ${time} まで待つよう求められました`,
    rateOpen: (host) => `${host} から待つよう求められています`,
    rateLeft: (d) => `あと${d}です。`,
    rateMeans: 'その後、自動で再開します。トークンのコピーは今も使えます。',
    rateSoon: 'まもなく自動で再開します。',
    server: (host) => `${host} で問題が起きています`,
    serverMeans: (time) => `${time} から、今は処理できないと応答しています。`,
    serverUntil: (time) => `${time} まで待つよう求められています。`,
    locked: (store) => `${store} はロック中です`,
    lockedMeans: (time) =>
      `現在のトークンは ${time} まで使えます。新しいトークンにはロック解除が必要です。何も削除していません。`,
    lockedNoEnd: '何も削除していません。',
    revokePending: 'まだ取り消されていません',
    revokePendingMeans: (host) =>
      `${host} では、この接続がまだ有効な可能性があります。件数を更新するたびに、自動で再試行します。トークンのコピーや利用はできません。`,
    forget: '再試行をやめて、ここでのみ削除…',
    unknownNext: 'Tallykey を更新するか、定義ファイルを元に戻すか、サイトを削除してください。',
    unacceptedNext: '承認するまで何も送信せず、件数は残します。',
  },

  clock: {
    ahead: (d) => `このコンピューターの時計は${d}進んでいます`,
    behind: (d) => `このコンピューターの時計は${d}遅れています`,
    means: 'Tallykey はサーバーの時刻に従います。',
    next: 'システムの「日付と時刻」の設定で、時計を合わせてください。',
    dismiss: '確認しました',
    shortAhead: (d) => `時計が${d}進んでいます`,
    shortBehind: (d) => `時計が${d}遅れています`,
  },
};
