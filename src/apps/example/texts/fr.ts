import type { Texts } from './en.ts';

/** The same labels in French. A key that is missing here is a type error. */
export const fr: Texts = {
  'tab-home': ['Accueil'],
  'tab-for-you': ['Pour toi'],
  'tab-inbox': ['Messages'],
  followers: ['Abonnés'],
  more: ['Plus'],
  follow: ['Suivre'],
  following: ['Suivi'],
  'no-such-user': ['Utilisateur introuvable'],
  'log-in': ['Se connecter'],
  'sign-up': ["S'inscrire"],
  'survey-question': ["C'était comment ?"],
  'not-now': ['Pas maintenant'],
};
