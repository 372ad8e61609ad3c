import type { Messages } from './messages';

/** The German texts about what does not go as it should, and goes on by itself or needs a person. */
export const trouble: Pick<Messages, 'note' | 'clock'> = {
  note: {
    since: (time) => `Seit ${time}.`,
    byItself: 'Die Verbindung bleibt und wird von selbst erneut versucht.',
    signIn: (time) =>
      `Der Server nimmt diese Verbindung seit ${time} nicht mehr an. Ihre Zahlen bleiben; nach dem Anmelden geht es weiter wie zuvor.`,
    offline: (host) => `${host} ist nicht erreichbar`,
    offlineSince: (time) => `Keine Antwort seit ${time}.`,
    proxy: (host) => `Ein Proxy verweigert den Weg zu ${host}`,
    proxyMeans: 'Vielleicht verlangt er Namen und Passwort.',
    proxyNext: 'Prüfen Sie den Proxy in den Netzwerkeinstellungen des Systems.',
    rate: (host, time) => `${host} bittet, bis ${time} zu warten`,
    rateOver: (host, time) => `${host} bat, bis ${time} zu warten`,
    rateOpen: (host) => `${host} bittet zu warten`,
    rateLeft: (d) => `Noch ${d}.`,
    rateMeans: 'Danach geht es von selbst weiter. Das Token lässt sich weiter kopieren.',
    rateSoon: 'Es geht gleich von selbst weiter.',
    server: (host) => `Bei ${host} gibt es ein Problem`,
    serverMeans: (time) => `Seit ${time} antwortet der Server, dass er gerade nicht arbeiten kann.`,
    serverUntil: (time) => `Er bittet, bis ${time} zu warten.`,
    locked: (store) => `${store} ist gesperrt`,
    lockedMeans: (time) =>
      `Das jetzige Token gilt bis ${time}. Für ein neues muss der Speicher entsperrt sein. Nichts wurde gelöscht.`,
    lockedNoEnd: 'Nichts wurde gelöscht.',
    revokePending: 'Noch nicht widerrufen',
    revokePendingMeans: (host) =>
      `Bei ${host} gilt die Verbindung vielleicht noch. Tallykey versucht es bei jedem Aktualisieren von selbst erneut. Das Token lässt sich nicht mehr kopieren oder nutzen.`,
    forget: 'Aufgeben und nur hier vergessen…',
    unknownNext:
      'Aktualisieren Sie Tallykey, legen Sie die Definition zurück oder entfernen Sie die Site.',
    unacceptedNext: 'Bis dahin wird nichts gesendet, und die Zahlen bleiben.',
  },

  clock: {
    ahead: (d) => `Die Uhr dieses Computers geht ${d} vor`,
    behind: (d) => `Die Uhr dieses Computers geht ${d} nach`,
    means: 'Tallykey richtet sich nach der Zeit der Server.',
    next: 'Stellen Sie die Uhr in den Systemeinstellungen für Datum und Uhrzeit.',
    dismiss: 'Verstanden',
    shortAhead: (d) => `Uhr geht ${d} vor`,
    shortBehind: (d) => `Uhr geht ${d} nach`,
  },
};
