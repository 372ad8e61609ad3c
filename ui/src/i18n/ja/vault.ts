import type { vault as english } from '../en/vault';
import type { Japanese } from '../translated';

export const vault: Japanese<typeof english> = {
  vault: {
    name: '暗号化ファイル',
    title: '暗号化ファイル',
    hint: '起動のたびにパスフレーズを入力します',
    locked: '暗号化ファイルはロック中です',
    lockedShort: 'ファイルはロック中',
    lockedMeans: '前回の件数を表示しています。ロックを解除すると更新します。',
    missing: '暗号化ファイルがありません',
    missingMeans:
      '移動または削除された可能性があります。「vault」フォルダーを元に戻すか、新しいファイルを作成してログインし直してください。',
    unlock: 'ロック解除…',
    look: '新しく作成…',
    offer: '暗号化ファイルを使う…',
    offerHint: '暗号化ファイルでは、起動のたびにパスフレーズを入力します。',
    unlockTitle: '暗号化ファイルのロックを解除',
    unlockBody: '接続とアプリケーションのシークレットが入っています。',
    makeTitle: '暗号化ファイルを作成',
    makeBody: '接続とアプリケーションのシークレットを保存します。',
    passphrase: 'パスフレーズ',
    new: '新しいパスフレーズ',
    newHint: '8文字以上。いくつかの単語をつなげると、より安全です',
    again: '新しいパスフレーズ（確認）',
    differs: '2つが一致しません',
    before: '現在のパスフレーズ',
    noWayBack: '忘れたパスフレーズは復元できません',
    noWayBackMeans:
      'パスフレーズがなければ誰もファイルを開けず、すべてのサイトで再ログインが必要になります。',
    make: 'ファイルを作成',
    use: 'このファイルを使う',
    opening: 'ロックを解除しています',
    moving_other: '{{count}}件の接続を移動しています',
    movingNone: 'シークレットを移動しています',
    change: 'パスフレーズを変更…',
    changeIt: 'パスフレーズを変更',
    changed: 'パスフレーズを変更しました',
    forgot: '忘れた場合',
    forgotTitle: '新しい暗号化ファイルを作成しますか？',
    forgotBody:
      'パスフレーズがなければ、ファイルは誰にも開けません。新しいファイルを作成すると、古いファイルは別の名前で同じ場所に残りますが、すべてのサイトで再ログインが必要です。古いファイルの接続は、サーバー側で取り消すまで有効です。',
    beginAnew: '古いファイルを残して新しく作成',
  },
};
