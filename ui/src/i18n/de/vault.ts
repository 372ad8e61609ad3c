import type { vault as english } from '../en/vault';
import type { German } from '../translated';

export const vault: German<typeof english> = {
  vault: {
    name: 'verschlüsselte Datei',
    title: 'Verschlüsselte Datei',
    hint: 'Fragt bei jedem Start nach einer Passphrase',
    locked: 'Die verschlüsselte Datei ist gesperrt',
    lockedShort: 'Datei gesperrt',
    lockedMeans:
      'Die Zahlen sind die zuletzt gesehenen. Nach dem Entsperren werden sie aktualisiert.',
    missing: 'Es gibt keine verschlüsselte Datei',
    missingMeans:
      'Sie wurde verschoben oder entfernt. Legen Sie den Ordner „vault“ zurück, oder beginnen Sie eine neue Datei und melden Sie sich neu an.',
    unlock: 'Entsperren…',
    look: 'Neue Datei beginnen…',
    offer: 'Verschlüsselte Datei…',
    offerHint: 'Eine verschlüsselte Datei fragt bei jedem Start nach einer Passphrase.',
    unlockTitle: 'Verschlüsselte Datei entsperren',
    unlockBody: 'Sie enthält Ihre Verbindungen und die Geheimnisse der Anwendungen.',
    makeTitle: 'Verschlüsselte Datei beginnen',
    makeBody: 'Sie wird Ihre Verbindungen und die Geheimnisse der Anwendungen enthalten.',
    passphrase: 'Passphrase',
    new: 'Neue Passphrase',
    newHint: 'Mindestens 8 Zeichen; mehrere Wörter sind besser',
    again: 'Neue Passphrase wiederholen',
    differs: 'Die beiden sind nicht gleich',
    before: 'Bisherige Passphrase',
    noWayBack: 'Eine verlorene Passphrase lässt sich nicht wiederherstellen',
    noWayBackMeans:
      'Ohne die Passphrase kann niemand die Datei öffnen, und jede Site braucht eine neue Anmeldung.',
    make: 'Datei anlegen',
    use: 'Diese Datei benutzen',
    opening: 'Wird entsperrt',
    moving_one: '{{count}} Verbindung wird verlegt',
    moving_other: '{{count}} Verbindungen werden verlegt',
    movingNone: 'Geheimnisse werden verlegt',
    change: 'Passphrase ändern…',
    changeIt: 'Passphrase ändern',
    changed: 'Die Passphrase wurde geändert',
    forgot: 'Passphrase vergessen',
    forgotTitle: 'Neue verschlüsselte Datei beginnen?',
    forgotBody:
      'Ohne ihre Passphrase kann niemand die Datei öffnen. Wenn Sie eine neue beginnen, bleibt die alte unter anderem Namen am selben Ort, und jede Site braucht eine neue Anmeldung. Verbindungen in der alten Datei gelten auf den Servern weiter, bis Sie sie dort widerrufen.',
    beginAnew: 'Beiseitelegen und neu beginnen',
  },
};
