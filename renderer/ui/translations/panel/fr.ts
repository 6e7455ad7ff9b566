import type { PanelTranslationKey } from './en.ts';

export const fr: Readonly<Record<PanelTranslationKey, string>> = {
  'window.admin': 'Administration',
  'page.navigation': 'Pages de l’administration',
  'page.users': 'Utilisateurs',
  'page.thresholds': 'Seuils',
  'page.vehicle-types': 'Types de wagon',
  'page.cameras': 'Caméras et sites',
  'page.settings': 'Réglages',
  'page.workstations': 'Postes de travail',
  'page.audit': 'Journal d’audit',
  'page.loading': 'Chargement de la page…',
  'page.needsRole': '« {{page}} » demande le rôle {{role}}.',
  'page.signedInAs': '{{name}} est connecté(e) avec le rôle {{role}}.',
  'page.nobody': 'Personne n’est connecté ici avec des droits.',
  'page.keptText': 'Ce qui a été saisi sur cette page est conservé et revient avec les droits.',
  'page.signIn': 'Se connecter',
  'page.changePerson': 'Se connecter sous un autre nom',
  'page.signingIn': 'La connexion est en cours dans le navigateur…',
  'page.notConfigured':
    'La configuration de ce poste ne nomme aucun fournisseur d’identité : personne ne peut s’y connecter.',

  'list.loading': 'Chargement…',
  'list.loadingMore': 'Chargement de la suite…',
  'list.more': 'Charger la suite',
  'list.shown': '{{count}} affichés, c’est tout',
  'list.shownOfMore': '{{count}} affichés, il y en a d’autres',

  'difference.what': 'Quoi',
  'difference.before': 'Avant',
  'difference.after': 'Après',
  'difference.value': 'valeur',
  'difference.added': 'ajouté',
  'difference.removed': 'retiré',
  'difference.changed': 'modifié',
  'difference.same': 'inchangé',
  'difference.none': 'Aucune différence.',
  'difference.showSame_one': 'Afficher {{count}} valeur inchangée',
  'difference.showSame_other': 'Afficher {{count}} valeurs inchangées',
  'difference.hideSame': 'Masquer les valeurs inchangées',

  'reason.label': 'Motif',
  'reason.help_one': 'Figure au journal d’audit. Encore {{count}} caractère.',
  'reason.help_other': 'Figure au journal d’audit. Encore {{count}} caractères.',
  'reason.missing': 'Un motif est nécessaire.',

  'act.busy': 'En cours…',
  'act.cancel': 'Annuler',

  'conflict.title': 'Modifié entre-temps par quelqu’un d’autre',
  'conflict.known': 'Tel que vous l’avez vu',
  'conflict.now': 'Tel que c’est maintenant',
  'conflict.takeTheirs': 'Garder leur version, abandonner la mienne',
  'conflict.applyMine': 'Appliquer la mienne par-dessus',

  'copy.choose': 'Sélectionner',
  'copy.chosen': 'Ctrl+C le copie',
};
