// The files of the domain that are tried together, so that what each group tells is kept.
// Words and numbers, whose mutants say no more than the table itself, as in stryker.config.mjs.
export const TABLES = /^(reasons|event-codes|policy\/aws-managed|policy\/managed\/.*)\.ts$/;
/** Which files go together: the first group that takes a file has it. */
export const GROUPS = [
  [
    'promises',
    /^(lifecycle|vault.*|legal-holds|retention-runs|recovery-points|restore-access.*|selections|plans?|plan-.*|rule-targets|continuous.*)\.ts$/,
  ],
  ['jobs', /^(backup-(job|runs)|jobs?|job-.*|waiting|service-windows|denials|series|snapshot)\.ts$/],
  ['copies', /^(copy-.*|composite.*)\.ts$/],
  ['policy', /^policy\//],
  ['restores', /^(restore-.*|inferred-metadata|index-runs|scan-.*|tiering-runs|role.*|inspection-reasons)\.ts$/],
  [
    'faults',
    /^(fault.*|injected-reasons|key.*|organization.*|protected-resources|resource-runs|automated-backups|region-settings|tags)\.ts$/,
  ],
  [
    'events',
    /^(event-.*|bus-event|backup-events|messaging|queues|topics|deliveries|function.*|state-machines|alarm.*|metric.*|trail.*|json-path|addresses)\.ts$/,
  ],
  ['reports', /./],
];
