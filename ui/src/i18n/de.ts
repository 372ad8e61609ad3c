import { adding } from './de.adding';
import { connecting } from './de.connecting';
import { ending } from './de.ending';
import { given } from './de.given';
import { trouble } from './de.trouble';
import { numbers } from './de.numbers';
import { window } from './de.window';
import type { Messages } from './messages';
import { plural } from './plural';

const sites = (n: number) => plural('de', n, { one: `${n} Site`, other: `${n} Sites` });

export const de: Messages = {
  language: {
    system: (name) => `System (${name})`,
    sentenceGap: ' ',
  },

  duration: {
    hours: (h) => `${h} h`,
    hoursMinutes: (h, m) => `${h} h ${m} min`,
    minutes: (m) => `${m} min`,
    seconds: (s) => `${s} s`,
    days: (d) => `${d} d`,
    underMinute: 'unter 1 min',
  },

  error: {
    thisSite: 'diese Site',
    theServer: 'der Server',
    unknown: {
      what: 'Etwas Unerwartetes ist passiert',
      means:
        'Tallykey konnte das nicht abschließen. Ihre Sites und deren Verbindungen sind unverändert.',
      next: 'Versuchen Sie es erneut. Bleibt es dabei, starten Sie Tallykey neu.',
    },
    dismiss: 'Schließen',
    tryAgain: 'Erneut versuchen',
  },

  toolbar: {
    back: 'Alle Sites',
    filter: 'Sites filtern',
    clearFilter: 'Filter aufheben',
    show: 'Anzeigen',
    all: 'Alle',
    needsYou: 'Zu tun',
    overdue: 'Überfällig',
    refresh: 'Aktualisieren',
    refreshing: (done, all) => `Aktualisiert ${done} von ${all}`,
    addSite: 'Site hinzufügen',
    settings: 'Einstellungen',
  },

  overview: {
    title: 'Alle Sites',
    filtered: (shown, all) => `${shown} von ${sites(all)}`,
    sites: 'Sites',
    fresh: (fresh, older) => `${fresh} aktuell, ${older} älter`,
    allFresh: 'Alle aktuell',
    noCounts: 'Noch keine Zahlen',
    token: 'Token',
    sort: (name) => `Nach „${name}“ sortieren`,
    needsYou: 'Zu tun',
    waiting: 'Wartet',
    upToDate: 'Aktuell',
    noMatch: (query) => `Keine Site passt zu „${query}“`,
    noMatchHint: 'Durchsucht werden Namen, Adressen und Produkte.',
    noneNeedYou: 'Für Sie ist nichts zu tun',
    noneOverdue: 'Nichts ist überfällig',
    showAll: 'Alle anzeigen',
    announce: (n, assigned, overdue) =>
      `${sites(n)}, ${assigned} zugewiesen, ${overdue} überfällig`,
  },

  column: {
    assigned_open: 'Für mich',
    overdue: 'Überfällig',
    due_today: 'Heute',
    created_open: 'Erstellt',
    watched_open: 'Beobacht.',
    open: 'Offen',
  },

  row: {
    left: (d) => `noch ${d}`,
    ended: 'Token abgelaufen',
    noEnd: 'Verbunden',
    ago: (d) => `vor ${d}`,
    justNow: 'Gerade eben',
    tokenLeft: (d) => `Token: noch ${d}`,
    refreshed: (d) => `Aktualisiert vor ${d}`,
    refreshedNow: 'Gerade aktualisiert',
    counts: (d) => `Stand: vor ${d}`,
    countsUntil: (d, time) => `vor ${d}, bis ${time}`,
    oldUnknown: 'Ältere Zahlen',
    old: (d) => `vor ${d}`,
    until: (time) => `bis ${time}`,
    rateFor: (d) => `Begrenzt, ${d}`,
    signIn: 'Neu anmelden',
    offline: 'Offline',
    rateLimited: 'Begrenzt',
    locked: 'Gesperrt',
    noStore: 'Kein Speicher',
    storeWaits: 'Speicher wartet',
    storeFailed: 'Speicher lehnt ab',
    otherPerson: 'Andere Person',
    proxy: 'Proxy lehnt ab',
    serverTrouble: 'Serverproblem',
    unclear: 'Seltsame Antwort',
    untrusted: 'Nicht vertraut',
    forbidden: 'Keine Berechtigung',
    apiOff: 'API ist aus',
    unconfirmed: 'Nicht bestätigt',
    stuck: 'Nicht aktualisiert',
    unknown: 'Produkt unbekannt',
    unaccepted: 'Freigabe fehlt',
    unchosen: 'Auswahl fehlt',
    refused: 'App abgelehnt',
    noSecret: 'Geheimnis fehlt',
    never: 'Unverbunden',
    revokePending: 'Widerruf offen',
    revoking: 'Wird widerrufen',
    refreshing: 'Wird aktualisiert',
    counting: 'Wird gezählt…',
    connectToSee: 'Verbinden, um Zahlen zu sehen',
    chooseToSee: 'Wählen Sie, was gezählt wird',
    refreshToSee: 'Aktualisieren, um Zahlen zu sehen',
    cannotCount: (product) => `${product} kann das nicht zählen`,
    logIn: 'Anmelden',
    retry: 'Erneut',
    openSite: 'Öffnen',
    unlock: 'Entsperren',
    connect: 'Verbinden',
    accept: 'Freigeben…',
    choose: 'Wählen…',
    replaceSecret: 'Ersetzen…',
    more: (site) => `Weitere Aktionen für ${site}`,
    copyFor: (site) => `Token für ${site} kopieren`,
  },

  copy: {
    token: 'Token kopieren',
    copied: 'Kopiert',
    as: 'Kopieren als',
    raw: 'Nur das Token',
    header: 'Authorization-Header',
    curl: 'curl',
    httpie: 'HTTPie',
    powershell: 'PowerShell',
    env: 'Umgebungsvariable',
    json: 'JSON',
    foot: (d) =>
      `Wird nach ${d} gelöscht. Befehle beginnen mit einem Leerzeichen; die meisten Shells merken sie sich dann nicht.`,
  },

  toast: {
    clipboard: 'Zwischenablage',
    copied: (what, site) => `${what} für ${site} kopiert`,
    forms: {
      raw: 'Token',
      header: 'Header',
      curl: 'curl',
      httpie: 'HTTPie',
      powershell: 'PowerShell',
      env: 'Umgebungsvariable',
      json: 'JSON',
    },
    clears: (d) => `Zwischenablage wird in ${d} geleert`,
    worksUntil: (tail, time) => `Token …${tail} gilt bis ${time}`,
    works: (tail) => `Token …${tail}`,
    sameUntil: (tail, time) => `dasselbe Token …${tail}, bis ${time}`,
    same: (tail) => `dasselbe Token …${tail}`,
    clearNow: 'Jetzt leeren',
    cleared: 'Zwischenablage geleert',
    replaced: 'Nicht geleert: Die Zwischenablage enthält inzwischen etwas anderes',
    failed:
      'Der Desktop ließ Tallykey die Zwischenablage nicht leeren. Kopieren Sie etwas anderes, um den Inhalt zu ersetzen.',
  },

  store: {
    secretsIn: (store) => `Geheimnisse in ${store}`,
    memory: 'Geheimnisse bleiben bis zum Beenden',
    keychain: 'Schlüsselbund',
    untilQuit: 'Arbeitsspeicher, bis zum Beenden',
    locked: (store) => `${store} ist gesperrt`,
    unlock: 'Entsperren',
    none: 'Kein Schlüsselbund',
    missing: 'Kein Schlüsselbund gefunden. Wählen Sie vor dem Verbinden, wohin Geheimnisse kommen.',
    missingMeans: 'Geheimnisse werden nie im Klartext gespeichert.',
    keepInMemory: 'Bis zum Beenden behalten',
    keepInMemoryHint: 'Nach jedem Start melden Sie sich neu an.',
    lookAgain: 'Erneut suchen',
  },

  first: {
    title: 'Noch keine Sites',
    lead: 'Fügen Sie einen Tracker hinzu, und seine Zahlen erscheinen hier. Tallykey hält die Tokens für Sie frisch.',
    add: 'Site hinzufügen',
    store: (store) =>
      `Geheimnisse kommen in: ${store} (gefunden, entsperrt). Tallykey spricht nur mit den Sites, die Sie hinzufügen.`,
    memory:
      'Geheimnisse bleiben bis zum Beenden. Tallykey spricht nur mit den Sites, die Sie hinzufügen.',
  },

  site: {
    sideOverdue: 'Überfällig',
    sideAssigned: 'Ich',
    openSite: 'Öffnen',
    refresh: 'Neu laden',
    revoke: 'Widerrufen…',
    remove: 'Entfernen…',
    connectAgain: 'Erneut anmelden…',
    addAccount: 'Weiteres Konto hinzufügen…',
    replaceSecret: 'Geheimnis ersetzen…',
    accept: 'Definition freigeben…',
    change: 'Ändern…',
    choose: 'Wählen…',
    chosen: 'Ausgewählt',
    notChosen: 'Noch nicht gewählt',
    andMore: (n) => `${n} weitere`,
    counts: 'Zahlen',
    openCount: (label, value) => `${label}: ${value}. Im Browser öffnen`,
    noCount: (label) => `${label}: keine Zahl. Im Browser öffnen`,
    accessToken: 'Zugriffstoken',
    tokenEnds: (tail) => `Endet auf ${tail}`,
    left: (d) => `noch ${d}`,
    ended: 'abgelaufen',
    until: (time) => `bis ${time}`,
    noEnd: 'Ende nicht bekannt',
    scopes: 'Gewährte Berechtigungen',
    missingScopes: (scopes) =>
      `Weniger Berechtigungen als erbeten: ${scopes} fehlt. Manche Zahlen bleiben leer.`,
    noToken: 'Kein gültiges Token. Beim Anmelden entsteht ein neues.',
    account: 'Konto',
    id: (id) => `ID ${id}`,
    connected: 'Verbunden',
    secrets: 'Geheimnisse',
    notConnected: 'Nicht verbunden',
    notConnectedHint: (host) =>
      `Beim Verbinden öffnet sich ${host} in Ihrem Browser. Dort melden Sie sich an und stimmen Tallykey zu.`,
    countsFrom: (time) => `Zahlen von ${time}`,
    countsOld: (time, d) => `Zahlen von ${time}, vor ${d}`,
    refreshed: (d) => `Aktualisiert vor ${d}`,
    refreshedNow: 'Gerade aktualisiert',
  },

  ...trouble,

  ...given,

  ...connecting,

  ...ending,

  ...adding,

  ...numbers,

  ...window,

  dialog: {
    cancel: 'Abbrechen',
    done: 'Fertig',
  },
};
