/** What the groups of operations are about, in the order in which a reader meets them. */
export const tagDescriptions: Readonly<Record<string, string>> = {
  Tasks: 'Create tasks, watch them, stop and repeat them, and read what was seen and done.',
  Devices: 'The phones, with a state that a recent round trip has proven.',
  'Phones in hand':
    'What people do with one phone: its files, apps, clipboard, rotation and log. What changes it needs a hold.',
  Groups: 'Phones that belong together.',
  Accounts: 'The accounts that live on the phones, and whose they are.',
  Media: 'The library of videos and images.',
  Schedules: 'Tasks that are created again and again.',
  Review: 'What waits for a person: drafts, held tasks, and actions nobody can tell the end of.',
  Settings: 'What can be changed while the server runs.',
  Audit: 'Who changed what, and when.',
  Webhooks: 'Events delivered to an address of yours, signed.',
  Tokens: 'Who may call, and how far.',
  Server: 'Licence, events, health.',
};
