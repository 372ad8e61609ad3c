import type { trouble as en } from '../en/trouble';
import type { German } from '../translated';

/** The German texts about what does not go as it should, and goes on by itself or needs a person. */
export const trouble: German<typeof en> = {
  note: {
    since: 'Seit {{time}}.',
    byItself: 'Die Verbindung bleibt und wird von selbst erneut versucht.',
    signIn:
      'Der Server nimmt diese Verbindung seit {{time}} nicht mehr an. Ihre Zahlen bleiben; nach dem Anmelden geht es weiter wie zuvor.',
    offline: '{{host}} ist nicht erreichbar',
    offlineSince: 'Keine Antwort seit {{time}}.',
    proxy: 'Ein Proxy verweigert den Weg zu {{host}}',
    proxyMeans: 'Vielleicht verlangt er Namen und Passwort.',
    proxyNext:
      'Prüfen Sie den Proxy in den Einstellungen unter „Netzwerk“ oder in denen des Systems.',
    rate: '{{host}} bittet, bis {{time}} zu warten',
    rateOver: '{{host}} bat, bis {{time}} zu warten',
    rateOpen: '{{host}} bittet zu warten',
    rateLeft: 'Noch {{duration}}.',
    rateMeans: 'Danach geht es von selbst weiter. Das Token lässt sich weiter kopieren.',
    rateOpenMeans:
      'Eine Zeit wurde nicht genannt. Später geht es von selbst weiter. Das Token lässt sich weiter kopieren.',
    rateSoon: 'Es geht gleich von selbst weiter.',
    server: 'Bei {{host}} gibt es ein Problem',
    serverMeans: 'Seit {{time}} antwortet der Server, dass er gerade nicht arbeiten kann.',
    serverUntil: 'Er bittet, bis {{time}} zu warten.',
    locked: '{{store}} ist gesperrt',
    lockedMeans:
      'Das jetzige Token gilt bis {{time}}. Für ein neues muss er entsperrt sein. Nichts wurde gelöscht.',
    lockedNoEnd: 'Nichts wurde gelöscht.',
    revokePending: 'Noch nicht widerrufen',
    revokePendingMeans:
      'Bei {{host}} gilt die Verbindung vielleicht noch. Tallykey versucht es bei jedem Aktualisieren von selbst erneut. Das Token lässt sich nicht mehr kopieren oder nutzen.',
    openSite: 'Site öffnen',
    forget: 'Aufgeben und nur hier vergessen…',
    unknownNext:
      'Aktualisieren Sie Tallykey, legen Sie die Definition zurück oder entfernen Sie die Site.',
    unacceptedNext: 'Bis Sie sie freigeben, wird nichts gesendet; die Zahlen bleiben.',
    rateByHand: 'Aktualisieren Sie danach. Das Token lässt sich weiter kopieren.',
    byHand: 'Die Verbindung bleibt. Aktualisieren Sie, um es erneut zu versuchen.',
  },

  clock: {
    ahead: 'Die Uhr dieses Computers geht {{duration}} vor',
    behind: 'Die Uhr dieses Computers geht {{duration}} nach',
    means: 'Tallykey richtet sich nach der Zeit der Server.',
    next: 'Stellen Sie die Uhr in den Systemeinstellungen für Datum und Uhrzeit.',
    dismiss: 'Verstanden',
    shortAhead: 'Uhr geht {{duration}} vor',
    shortBehind: 'Uhr geht {{duration}} nach',
  },
};
