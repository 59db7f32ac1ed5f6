/** Words the system itself shows. Labels of permission dialogs are Android's own, because scripts match them. */
const words = {
  en: {
    allow: 'Allow',
    allowAll: 'Allow all',
    allowSelected: 'Allow limited access',
    deny: 'Don’t allow',
    oneTime: 'Only this time',
    whileUsing: 'While using the app',
    share: 'Share',
    openWith: 'Open with',
    back: 'Back',
    home: 'Home',
    overview: 'Overview',
    battery: 'Battery 100 percent.',
    wifi: 'Wifi signal full.',
    search: 'Search',
    enter: 'Enter',
    delete: 'Delete',
    space: 'Space',
    symbols: 'Symbol keyboard',
    noNotifications: 'No notifications',
    clearAll: 'Clear all',
    navigateUp: 'Navigate up',
    searchSettings: 'Search settings',
    noResults: 'No results',
  },
  fr: {
    allow: 'Autoriser',
    allowAll: 'Tout autoriser',
    allowSelected: 'Autoriser l’accès limité',
    deny: 'Ne pas autoriser',
    oneTime: 'Uniquement cette fois-ci',
    whileUsing: 'Lorsque vous utilisez l’appli',
    share: 'Partager',
    openWith: 'Ouvrir avec',
    back: 'Retour',
    home: 'Accueil',
    overview: 'Aperçu',
    battery: 'Batterie : 100 pour cent.',
    wifi: 'Signal Wi-Fi excellent.',
    search: 'Rechercher',
    enter: 'Entrée',
    delete: 'Supprimer',
    space: 'Espace',
    symbols: 'Clavier de symboles',
    noNotifications: 'Aucune notification',
    clearAll: 'Tout effacer',
    navigateUp: 'Revenir en haut de la page',
    searchSettings: 'Rechercher dans les paramètres',
    noResults: 'Aucun résultat',
  },
} as const;

export type SystemWord = keyof (typeof words)['en'];

/** `fr-FR` speaks French, everything else English. */
export function systemText(language: string, word: SystemWord): string {
  return language.toLowerCase().startsWith('fr') ? words.fr[word] : words.en[word];
}
