/**
 * Words of the admin window: its frame, users, workstations, audit log, and what all its pages share. Only that
 * window loads them. French has the same keys.
 */
export const en = {
  'window.admin': 'Administration',
  'page.navigation': 'Pages of the administration',
  'page.users': 'Users',
  'page.thresholds': 'Thresholds',
  'page.vehicle-types': 'Vehicle types',
  'page.cameras': 'Cameras and sites',
  'page.settings': 'Settings',
  'page.workstations': 'Workstations',
  'page.audit': 'Audit log',
  'page.loading': 'Loading the page…',
  'page.needsRole': '“{{page}}” needs the role {{role}}.',
  'page.signedInAs': '{{name}} is signed in as {{role}}.',
  'page.nobody': 'Nobody is signed in with rights here.',
  'page.keptText': 'What was entered on this page is kept and comes back with the rights.',
  'page.signIn': 'Sign in',
  'page.changePerson': 'Sign in as somebody else',
  'page.signingIn': 'Sign-in is under way in the browser…',
  'page.notConfigured':
    'This workstation’s configuration names no identity provider: nobody can sign in here.',

  'list.loading': 'Loading…',
  'list.loadingMore': 'Loading more…',
  'list.more': 'Load more',
  'list.shown': '{{count}} shown, that is all',
  'list.shownOfMore': '{{count}} shown, there are more',

  'difference.what': 'What',
  'difference.before': 'Before',
  'difference.after': 'After',
  'difference.value': 'value',
  'difference.added': 'added',
  'difference.removed': 'removed',
  'difference.changed': 'changed',
  'difference.same': 'unchanged',
  'difference.none': 'Nothing differs.',
  'difference.showSame_one': 'Show {{count}} unchanged value',
  'difference.showSame_other': 'Show {{count}} unchanged values',
  'difference.hideSame': 'Hide unchanged values',

  'reason.label': 'Reason',
  'reason.help_one': 'Stands in the audit log. {{count}} character left.',
  'reason.help_other': 'Stands in the audit log. {{count}} characters left.',
  'reason.missing': 'A reason is needed.',

  'act.busy': 'Under way…',
  'act.cancel': 'Cancel',

  'conflict.title': 'Changed by somebody else meanwhile',
  'conflict.known': 'As you saw it',
  'conflict.now': 'As it is now',
  'conflict.takeTheirs': 'Keep theirs, give up mine',
  'conflict.applyMine': 'Apply mine on top',

  'copy.choose': 'Select',
  'copy.chosen': 'Ctrl+C copies it',
} as const;

export type PanelTranslationKey = keyof typeof en;
