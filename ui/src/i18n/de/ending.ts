import type { ending as en } from '../en/ending';
import type { German } from '../translated';

/** The German texts around ending a connection. */
export const ending: German<typeof en> = {
  revoke: {
    ask: 'Verbindung zu {{site}} widerrufen?',
    step1: '{{host}} bitten, das Refresh-Token und das Zugriffstoken zu beenden.',
    step1Unsupported:
      '{{product}} lässt Anwendungen keine Verbindung beenden; es wird nichts gesendet.',
    step1Access: '{{host}} bitten, das Zugriffstoken zu beenden.',
    stepByHand: 'Das Refresh-Token lässt sich nur von Hand beenden',
    step2: 'Prüfen, ob der Server sie wirklich ablehnt.',
    step2Access: 'Prüfen, ob der Server es wirklich ablehnt.',
    step3: 'Die gespeicherten Geheimnisse löschen ({{store}}).',
    stays: 'Die Site bleibt in Ihrer Liste. Sie können sie später wieder verbinden.',
    submit: 'Verbindung widerrufen',
    working: '{{host}} wird gebeten, die Verbindung zu beenden',
    confirmed: 'Die Verbindung ist widerrufen',
    confirmedAt: 'Der Server hat es um {{time}} bestätigt',
    accepted:
      '{{host}} hat die Anfrage angenommen{{status}} und lehnt das Token jetzt ab ({{refused}}).',
    acceptedUnseen:
      '{{host}} hat die Anfrage angenommen{{status}}; ob das Token abgelehnt wird, war nicht zu sehen.',
    status: ' ({{status}})',
    alreadyGone: 'Die Verbindung war bereits beendet',
    alreadyGoneMeans: '{{host}} hatte diese Verbindung schon vorher beendet.',
    deleted: 'Geheimnisse gelöscht ({{store}})',
    untouched: 'Ihre anderen Computer bleiben verbunden',
    queued: 'Noch nicht widerrufen',
    queuedWhat: 'Der Server war nicht erreichbar',
    queuedMeans:
      'Bei {{host}} gilt die Verbindung vielleicht noch. Tallykey versucht es bei jedem Aktualisieren von selbst erneut.',
    kept: 'Das Refresh-Token bleibt nur für diesen einen Zweck',
    keptMeans:
      'Es bleibt gespeichert ({{store}}); kopieren oder zum Erneuern nutzen lässt es sich nicht mehr.',
    hurry: 'Eilig? Beenden Sie die Verbindung direkt auf der Site',
    tryNow: 'Jetzt versuchen',
    forget: 'Nur hier vergessen…',
    closeQueued: 'Schließen',
    unsupported: 'Nur von diesem Computer entfernt',
    unsupportedWhat: '{{product}} lässt Anwendungen keine Verbindung beenden',
    unsupportedMeans:
      'Ein kopiertes Token gilt spätestens bis {{time}}. Das Refresh-Token bleibt auf dem Server.',
    unsupportedNoEnd: 'Ein kopiertes Token gilt weiter. Das Refresh-Token bleibt auf dem Server.',
    accessOnly: 'Zugriffstoken beendet',
    accessOnlyMeans: 'Das Refresh-Token lässt sich nur von Hand beenden',
    forGood: 'Endgültig beenden Sie es auf der Site selbst',
    stillAccepted: 'Der Server hat zugestimmt, nimmt das Token aber weiter an',
    stillAcceptedMeans: 'Beenden Sie es auf der Seite der Site selbst.',
    openPage: '{{host}} öffnen',
    acceptedTitle: 'Widerruf angenommen',
    acceptedAt: 'Der Server hat ihn um {{time}} angenommen',
  },

  forget: {
    ask: 'Die Verbindung zu {{site}} nur hier vergessen?',
    stays: 'Bei {{host}} bleibt die Verbindung gültig',
    staysMeans:
      'Tallykey löscht ihre Geheimnisse ({{store}}) und versucht es nicht mehr; widerrufen kann es sie dann nie.',
    submit: 'Nur hier vergessen',
    working: 'Geheimnisse werden gelöscht ({{store}})',
    done: 'Nur auf diesem Computer vergessen',
  },

  remove: {
    ask: '{{site}} entfernen?',
    body: 'Die Site und ihre Zahlen verlassen diesen Computer.',
    revokedFirst: 'Vorher wird die Verbindung widerrufen.',
    notRevoked:
      'Ohne die Definition kann Tallykey die Verbindung nicht beenden. Auf dem Server bleibt sie gültig.',
    submit: 'Site entfernen',
    working: '{{host}} wird gebeten, die Verbindung zu beenden',
    unconfirmed: 'Die Verbindung ließ sich nicht beenden',
    unconfirmedMeans:
      'Bei {{host}} bleibt sie vielleicht gültig. Entfernen Sie die Site jetzt, löscht Tallykey ihre Geheimnisse und kann es nicht erneut versuchen.',
    keepRevokes:
      'Behalten Sie die Site, wird die Verbindung widerrufen, sobald der Server antwortet.',
    anyway: 'Trotzdem entfernen',
    keep: 'Site behalten',
  },
};
