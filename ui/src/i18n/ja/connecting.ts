import type { connecting as en } from '../en/connecting';
import type { Japanese } from '../translated';

/** The Japanese texts from the open browser to what is counted. */
export const connecting: Japanese<typeof en> = {
  connect: {
    title: 'ブラウザーで続けてください',
    body: '件数を見たいアカウントでログインし、Tallykey を承認してください。',
    asksFor_other: '求める権限は「{{names}}」だけです。',
    starting: 'ブラウザーを開いています',
    waiting: '承認を待っています',
    left: '残り {{duration}}',
    openAgain: 'もう一度ブラウザーを開く',
    copyLink: 'リンクをコピー',
    linkCopied: 'コピーしました',
    otherWays: '別の方法',
    way: {
      loopback: '応答を自動で受け取る',
      'loopback-port': '応答を自動で受け取る',
      'localhost-port': '応答を自動で受け取る（localhost）',
      oob: '代わりにコードを表示',
      paste: '代わりにアドレスを貼り付け',
    },
    orCode: '承認すると、ブラウザーにコードが表示されます',
    orAddress: 'ブラウザーから戻ってこない場合',
    orPaste: '承認すると、ブラウザーはエラーページで終わります',
    pasteMeans:
      '承認後に「このページに到達できません」などと表示されますが、想定どおりの動作です。アドレスバーのアドレス全体をコピーして、ここに貼り付けてください。',
    code: 'コードまたはアドレス全体',
    address: 'アドレス全体',
    placeholder: 'コード、またはアドレス全体を貼り付け',
    addressPlaceholder: '表示されているアドレスを貼り付け',
    submit: '接続',
    safety:
      'この画面から開いたページのコードだけを貼り付けてください。ほかの誰かがこのコードを尋ねることはありません。',
    addressSafety:
      'この画面から開いたページのアドレスだけを貼り付けてください。ほかの誰かがこのアドレスを尋ねることはありません。',
    codeLife_other: 'コードは許可してから{{count}}分間だけ有効です。すぐに貼り付けてください。',
    insteadCode: '今回は、ブラウザーに表示されるコードを貼り付けてください。',
    insteadPaste: '今回は、ブラウザーに最後に表示されるアドレスを貼り付けてください。',
    ignored: '応答を1件無視しました',
    ignoredMeans:
      '別の操作、または別のサイトへの応答です。心当たりがなければ、そのタブを閉じてください。',
    help: 'ブラウザーにエラーが表示された場合',
    helpGone: '「このページに到達できません」',
    helpGoneFix: 'アドレスバーのアドレス全体を、上の欄に貼り付けてください。',
    helpRedirect: '「リダイレクトURIが正しくありません」',
    helpRedirectFix: 'アプリケーションの登録に次の行がないか、表記が違っています。',
    redirectLine: 'リダイレクトの行',
    helpClient: '「クライアントが不明…」',
    helpClientFix:
      'アプリケーションIDが違うか、アプリケーションが削除されています。「編集…」でIDを直してください。',
    helpScope: '「スコープが無効…」',
    helpScopeFix: '管理者が{{names}}にチェックを入れる必要があります。',
    helpLoop: 'ログインページが繰り返し表示される',
    helpLoopFix:
      'ブラウザーがログイン状態を保持できていません。{{host}} の Cookie を許可するか、リンクを別のブラウザーで開いてください。',
    helpForbidden: '403',
    helpForbiddenFix: 'API が無効か、アカウントに利用の権限がありません。',
    exchanging: '{{host}} にコードを確認しています',
    newCode: '新しいコードを取得',
    startAgain: 'やり直す',
    clearField: '欄を空にする',
    timeOver_other: '{{count}}分間応答がありませんでした',
    timeOverMeans: '何も保存していません。',
    done: '{{site}} に接続しました',
    granted: '許可されたスコープ',
    allGranted: 'アクセスが許可されました',
    saved: '{{store}} に保存し、読み出しも確認しました',
    kept: '終了するまで保持します',
    counting: '集計しています…',
    countedByHand: '件数は、更新したときだけ取得します',
    endedTokens:
      '以前コピーしたトークン（{{tails}}）は無効になりました。使っている場所には、新しいトークンをコピーしてください。',
    leftToChoose: '続けて選択が必要です: {{names}}',
    choose: '選択…',
    later: '後で',
    firstCounts: '最初の件数: 自分の担当 {{assigned}}、期日超過 {{overdue}}',
    renews: 'アクセストークンは{{duration}}ごとに自動で更新されます。',
    unsaved: '接続しましたが、{{store}} に保存できませんでした',
    unsavedMeans: 'Tallykey を終了すると再ログインが必要です。',
    saveAgain: '保存を再試行',
    copyToken: 'トークンをコピー',
    finish: '完了',
  },

  other: {
    title: '{{before}} ではなく {{now}} です',
    body: '{{now}} としてログインしましたが、{{site}} は {{before}} として接続していました。',
    keep: '{{before}} のまま使う',
    keepMeans: '何も変わりません。{{now}} が今許可したアクセスは取り消します。',
    use: '今後は {{now}} を使う',
    useMeans: '{{before}} としての接続を取り消し、その件数を削除します。',
    add: '別のサイトとして追加',
    addMeans:
      'ここは {{before}} のままにし、{{now}} 用のサイトを追加します。もう一度ログインが必要です。',
    siteName: '{{site}}（{{person}}）',
    working: '{{host}} の応答を待っています',
  },

  account: {
    title: '別のアカウントを追加',
    body: '{{site}} と同じアドレスとアプリケーションを使う、別のアカウントのサイトを追加します。',
    browser:
      'ブラウザーが {{host}} にログインしたままの場合は、先にログアウトするか、リンクをプライベートウィンドウで開いてください。そのままでは同じアカウントに接続します。',
    submit: '追加して接続',
  },

  secret: {
    title: 'シークレットの置き換え',
    body: '{{host}} に登録したアプリケーションのシークレットです。このあと、もう一度ログインします。',
    bodyRevoke:
      '{{host}} に登録したアプリケーションのシークレットです。このあと、接続を取り消します。',
    field: '新しいシークレット',
    hint: '{{store}} の値を置き換え、ここでは再表示しません。アプリケーションIDは変わりません。',
    submit: '保存してログイン',
    submitRevoke: '保存して取り消す',
  },

  choose: {
    title: '集計する対象の選択',
    loading: '{{host}} に候補を問い合わせています',
    filter: '絞り込み: {{label}}',
    filterHint: '絞り込み',
    all: '表示中のすべて',
    chosen: '{{all}}件中{{chosen}}件を選択',
    cut: 'サーバーには、ここに表示されていない項目もあります。表示されていない項目は選べません。',
    empty: '選べる項目がありません。先にサーバーで作成してください。',
    noMatch: '「{{query}}」に一致するものはありません',
    calls: '選んだ数が多いほど、更新1回あたりの呼び出し回数が増えます。',
    submit: '保存して集計',
    saving: '保存しています',
  },
};
