// The tests that mutants of the domain are held against: all of Jest's that run in this process in little time.
import fs from 'node:fs';
import path from 'node:path';

const FOLDERS = [
  ...['domain', 'operations', 'kernel', 'scenarios', 'report', 'testing', 'attack', 'wire', 'ingest', 'simulation'],
  ...['provision', 'cost', 'content', 'cli', 'host'],
];

// Each of these costs seconds for each mutant that it reaches, or starts other programs.
const LEFT_OUT = [
  /\.(prop|sim)\.test\.ts$/,
  /attack\/three-accounts\.test\.ts$/,
  /provision\/custom-resources\.test\.ts$/,
  /ingest\/(terraform\/|(audits|detect-artifact|intrinsics|legal-holds)\.test\.ts$)/,
  /content\/(?!(backup-options|buckets|declared-tables|file-restores|restore-validation|table-content|world-content)\.)/,
  /report\/(page|world-report)\.test\.ts$/,
  // What no test beside the domain asks: the roles of what is declared.
  /cli\/(?!(role-(findings|questions)|enforce-iam)\.)/,
  // What calls services for state machines.
  /host\/(?!(callbacks|executions|express)\.)/,
  /simulation\/failing\.test\.ts$/,
  /testing\/vitest\.test\.ts$/,
  // Over the official clients in this process: what no test of an operation reaches otherwise.
  /wire\/(?!(events|in-process|dynamodb(-(items|expressions|backups))?|s3-(buckets|objects)|ec2|efs|fsx|networks|rds|redshift|secrets|repeated-calls)\.)/,
];
const LEFT_OUT_TITLES = ['jobs beyond a million are dropped when they are over and 30 days old, and no sooner'];

/** Which files of tests are about a file of the domain whose name they do not have: their tests are asked first. */
const ABOUT = [
  [
    /^backup-/,
    /\/(windows-vss|index|jobs|vectors|resource-states|job-faults|faults|decisions|st(art|op)-backup-job|composite|continuous|start-jitter|content-runs)$/,
  ],
  [/^job-(needs|access)$|^role/, /\/(job-needs|role-permissions|copy-permissions|roles|identities-.*|keys|faults)$/],
  [/^(fault|job-fault|injected-)/, /\/((job-|restore-)?faults|(fault|restore)-runs)$/],
  [/^(waiting|snapshot|series|denials|service-windows)$/, /\/(decisions|jobs|role-permissions|resource-states)$/],
  [/^copy-/, /\/(copy-.*|content-runs|jobs|cross-account|vectors|composite|job-faults)$/],
  [/^composite/, /\/(composite(-.*)?|domain\/ledger)$/],
  [/^continuous/, /\/(continuous|show)$/],
  [/^restore-(job|runs)$|^inferred-metadata$/, /\/(restore-(jobs|runs)|restore-testing(-plans)?|composite-restores)$/],
  [/^restore-testing/, /\/restore-testing(-plans)?$/],
  [/^scan-/, /\/(scan-(job|runs)|vault-notifications)$/],
  [/^tiering-runs$/, /\/tiering$/],
  [/^index-runs$/, /\/index$/],
  [/^key/, /\/(key.*|faults)$/],
  [/^organization/, /\/organization.*$/],
  [
    /^(protected-resources|region-settings|resource-runs|tags)$/,
    /\/(copy-job|resource-states|protected-resources|job-faults|jobs|continuous|snapshot|tags)$/,
  ],
  [/^retention-runs$/, /\/(retention-runs|deletion|vault-vectors|vectors|decisions|cold-points)$/],
  [/^restore-access/, /\/(restore-access|approval-teams)$/],
  [/^approval-team/, /\/approval-teams$/],
  [/^plan/, /\/(plans|plan-.*|vectors|jobs)$/],
  [/^policy\//, /\/domain\/policy\//],
  [/^(alarm|metrics)/, /\/operations\/cloudwatch(-.*)?$/],
  [/^(event-|backup-events|bus-event)/, /\/(backup-events|event-retries|operations\/eventbridge)$/],
  [/^(messaging|queues|topics|deliveries|repetitions)$/, /\/(operations\/)?messaging$/],
  [/^state-machines$/, /\/operations\/sfn$/],
  [/^(execution|task|refused-calls)/, /\/(callbacks|executions|express|execution-.*|operations\/sfn)$/],
  [/^(audited|frameworks)$/, /\/audit-controls$/],
  [/^report-/, /\/report-(jobs|plans|rows)$/],
  [/^(ledger|world-state|protected-resources)$/, /\/(composite|continuous|deletion|jobs|job-faults|stop-backup-job)$/],
  [
    /^(ledger|world-state)$/,
    /\/(content-runs|function-runs|fault-runs|start-jitter|cost\/cost|searches|organization-plans|role-permissions)$/,
  ],
  [/^start-jitter$/, /\/start-jitter$/],
  [/^(alarm-rule|metric-math)$/, /\/alarm-verdict$/],
  [/^functions$/, /\/function-runs$/],
  [/^trail-record$/, /\/trail$/],
  [/^(stack|change-sets)/, /\/provision\//],
  [/^(meter.*|usage|object-(counts|meter))$/, /\/(meter|cost\/(cost|objects))$/],
  [/^(attribute-values|item-table|keyed-rows|tables)$/, /\/(table-items|dynamodb(-.*)?)$/],
  [/^table-items$/, /\/(table-content|table-upkeep|dynamodb-backups)$/],
  [/^(buckets|bodies|stored-objects|object-listing)$/, /\/(s3-.*|buckets|bucket-bodies|stored-objects|content-runs)$/],
  [
    /^(content-.*|file-restores|point-items|windows-vss|vss-reasons)$/,
    /\/content(-(runs|captures)$|\/)|\/windows-vss$/,
  ],
  [/^(searches|search-filters|point-items|export-access)$/, /\/(search.*|index)$/],
  [/^index-runs$/, /\/(searches|content\/file-restores)$/],
  [/^restore-job$/, /\/content\/file-restores$/],
  [/^(databases|file-systems|networks|secrets)$/, /\/(networks|rds|redshift|efs|ec2|secrets|databases)$/],
  [/^(linked-role-uses|instance-profiles)$/, /\/(service-linked-roles|instance-profiles|identities-.*)$/],
  [
    /^(backup-decision|job-record|point-making|copy-places|decisions)$/,
    /\/(decisions|jobs|(backup|copy)-runs|vectors)$/,
  ],
  [/^job-actions$/, /\/(role-permissions|aws-managed|job-needs)$/],
  [/^(restore-result|restore-access)$/, /\/(restore-(runs|job|jobs|access)|composite-restores)$/],
  [/^plan-templates$/, /\/plan-templates$/],
  [
    /^(newest-first|views|world-summary|watcher)$/,
    /\/(show(-.*)?|world-state|pages|jobs|world|saved-world|chronicle)$/,
  ],
  [/^service-doors$/, /\/attack\//],
  [/^stack-waits$/, /\/provision\/(signals|stacks|rollbacks)$/],
  [
    /^(choice-rules|execution-|intrinsic-functions|json-paths|state-(branches|fields)|states-)/,
    /\/(choice-rules|execution-.*|intrinsic-functions|state-(branches|fields)|states-.*|sfn)$/,
  ],
  [/^chains$/, /\/snapshot$/],
  [/^function-runs$/, /\/execution-(runs|branches)$/],
  [/^job-access$/, /\/((execution|selection)-access|job-needs)$/],
  [/^job-needs$/, /\/search-exports$/],
  [/^selections$/, /\/selection-roles$/],
  [/^roles$/, /\/operations\/groups$/],
  [/^lent-capture$/, /\/(content-runs|written-blocks)$/],
  [/^creating-points$/, /\/(job-stages|legal-holds)$/],
  [/^temporary-points$/, /\/(air-gapped-target|points-by-hand)$/],
  [/^encryption$/, /\/(shown-encryption|keys|job-needs)$/],
  [/^(backup-gates|restore-limits)$/, /\/job-limits$/],
  [/^policy\/grants$/, /\/operations\/grants$/],
  [
    /^policy\/likeness$|^(asked-needs|declared-points|(restore-test|selection)-needs)$/,
    /\/cli\/role-(findings|questions)$/,
  ],
  [/^job-outcomes$/, /\/(not-completed|cli\/enforce-iam)$/],
  [/^restore-views$/, /\/(cold-restores|restore-(jobs|runs|job|views))$/],
];

/** Whether a file of tests is about a file of the domain (both without ending): by its name, or by the list above. */
export function isAbout(name, tests) {
  return tests.endsWith(`/${name}`) || ABOUT.some(([domain, about]) => domain.test(name) && about.test(tests));
}

/** HOLDFAST_MUTATION_TESTS, a pattern of their names, asks only some: for a file that few tests are about. */
export function testFiles() {
  const asked = new RegExp(process.env.HOLDFAST_MUTATION_TESTS ?? '');
  return FOLDERS.flatMap((folder) =>
    fs
      .readdirSync(path.join('test/engine', folder), { recursive: true })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => path.posix.join('test/engine', folder, name)),
  )
    .filter((file) => asked.test(file) && !LEFT_OUT.some((left) => left.test(file)))
    .sort();
}

export const isLeftOut = (name) => LEFT_OUT_TITLES.includes(name);
