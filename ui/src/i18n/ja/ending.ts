import type { ending as en } from '../en/ending';
import type { Japanese } from '../translated';

/** The Japanese texts around ending a connection. */
export const ending: Japanese<typeof en> = {
  revoke: {
    ask: '{{site}} への接続を取り消しますか？',
    step1: '{{host}} に、更新トークンとアクセストークンを無効にするよう求めます。',
    step1Unsupported: '{{product}} にはアプリから接続を取り消す方法がないため、何も送信しません。',
    step1Access: '{{host}} に、アクセストークンを無効にするよう求めます。',
    stepByHand: '更新トークンは手動でしか無効にできません',
    step2: 'サーバーが本当に受け付けなくなったかを確認します。',
    step2Access: 'サーバーが本当に受け付けなくなったかを確認します。',
    step3: '{{store}} から保存済みのシークレットを削除します。',
    stays: 'サイトは一覧に残ります。あとでもう一度接続できます。',
    submit: '接続を取り消す',
    working: '{{host}} に取り消しを求めています',
    confirmed: '接続を取り消しました',
    confirmedAt: 'サーバーが確認しました（{{time}}）',
    accepted: '{{host}} は取り消しを受け付け{{status}}、トークンを拒否しました（{{refused}}）。',
    acceptedUnseen:
      '{{host}} は取り消しを受け付けました{{status}}。トークンを拒否するかどうかは確認できませんでした。',
    status: '（{{status}}）',
    alreadyGone: '接続はすでに終了していました',
    alreadyGoneMeans: '{{host}} では、この接続はすでに取り消されていました。',
    deleted: '{{store}} から削除しました',
    untouched: 'ほかのコンピューターの接続はそのままです',
    queued: 'まだ取り消されていません',
    queuedWhat: 'サーバーに届きませんでした',
    queuedMeans:
      '{{host}} では、この接続がまだ有効な可能性があります。件数を更新するたびに、自動で再試行します。',
    kept: '更新トークンは取り消しのためだけに保管します',
    keptMeans: '{{store}} に残し、更新やコピーには使いません。',
    hurry: '急ぐ場合は、サイト側で取り消してください',
    tryNow: '今すぐ再試行',
    forget: 'ここでのみ削除…',
    closeQueued: '閉じて再試行を続ける',
    unsupported: 'このコンピューターからのみ削除しました',
    unsupportedWhat: '{{product}} にはアプリから接続を取り消す方法がありません',
    unsupportedMeans:
      'コピー済みのトークンは、遅くとも {{time}} まで有効です。更新トークンはサーバーに残ります。',
    unsupportedNoEnd: 'コピー済みのトークンは引き続き有効です。更新トークンはサーバーに残ります。',
    accessOnly: 'アクセストークンを無効にしました',
    accessOnlyMeans: '更新トークンは手動でしか無効にできません',
    forGood: '完全に取り消すには、サイト側で操作してください',
    stillAccepted: 'サーバーは取り消しに応じましたが、トークンはまだ使えます',
    stillAcceptedMeans: 'サイトのページで取り消してください。',
    openPage: '{{host}} を開く',
    acceptedTitle: '取り消しが受け付けられました',
    acceptedAt: 'サーバーが受け付けました（{{time}}）',
  },

  forget: {
    ask: '{{site}} への接続を、このコンピューターからのみ削除しますか？',
    stays: '{{host}} では、この接続は有効なままです',
    staysMeans:
      '{{store}} からシークレットを削除して再試行をやめるため、Tallykey から取り消すことはできなくなります。',
    submit: 'ここでのみ削除',
    working: '{{store}} から削除しています',
    done: 'このコンピューターからのみ削除しました',
  },

  remove: {
    ask: '{{site}} を削除しますか？',
    body: 'サイトと件数をこのコンピューターから削除します。',
    revokedFirst: '先に接続を取り消します。',
    notRevoked:
      '定義がない製品の接続は、Tallykey から取り消せません。サーバーでは有効なまま残ります。',
    submit: 'サイトを削除',
    working: '{{host}} に取り消しを求めています',
    unconfirmed: '接続を取り消せませんでした',
    unconfirmedMeans:
      '{{host}} では、この接続が有効なまま残る可能性があります。今サイトを削除すると、シークレットも削除され、再試行できなくなります。',
    keepRevokes: 'サイトを残すと、サーバーが応答したときに接続を取り消します。',
    anyway: 'それでも削除',
    keep: 'サイトを残す',
  },
};
