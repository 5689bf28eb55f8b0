import {
  BackupPlan,
  BackupVault,
  ComplianceAspect as Aspect,
  ComplianceControlsOptions,
  ComplianceDemand,
  ComplianceEvidence,
  CompliancePresets,
  ComplianceRequirement,
  ComplianceRules,
  ComplianceStandard,
  ComplianceSubject,
  CopyAction,
  EstateRules,
  Finding,
  FrameworkControl,
  PlainValues,
  RestoreTestingPlan,
  Severity,
} from '@holdfast/model';

const ACCOUNT = '111122223333';
const REGION: Record<string, string> = { gdpr: 'eu-central-1' };
const ELSEWHERE: Record<string, string> = { gdpr: 'eu-west-1' };
const PROBE = new PlainValues();
const ENV = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };

/** What somebody declares who takes the presets of a standard as they are. */
function presetOf(standard: ComplianceStandard): ComplianceSubject {
  const settings = CompliancePresets.settings([standard]);
  const { maxRetentionDays, lockMinRetentionDays: minRetentionDays } = settings;
  const env = { partition: 'aws', account: ACCOUNT, region: REGION[standard.id] ?? 'us-east-1' };
  const there = { partition: 'aws', account: '444455556666', region: ELSEWHERE[standard.id] ?? 'us-west-2' };
  const vaultLock = { minRetentionDays, maxRetentionDays, ...(settings.complianceLock && { changeableForDays: 3 }) };
  const vault = (backupVaultName: string, where: typeof env): BackupVault => ({
    backupVaultName,
    env: where,
    encryptionKeyArn: `arn:aws:kms:${where.region}:${where.account}:key/0`,
    vaultLock,
  });
  const copyActions: CopyAction[] = [
    { destinationBackupVaultArn: `arn:aws:backup:${there.region}:${there.account}:backup-vault:copies` },
  ];
  const plan: BackupPlan = {
    backupPlanName: 'p',
    env,
    rules: CompliancePresets.plan([standard]).rules.map((rule) => ({
      ...rule,
      targetBackupVaultName: 'main',
      copyActions,
    })),
  };
  const pitr = {
    ruleName: 'Continuous',
    targetBackupVaultName: 'pitr',
    enableContinuousBackup: true,
    lifecycle: { deleteAfterDays: 35 },
  };
  return {
    estate: {
      vaults: [
        vault('main', env),
        vault('copies', there),
        { ...vault('pitr', env), vaultLock: { ...vaultLock, minRetentionDays: 1 } },
      ],
      plans: [{ ...plan, rules: [...plan.rules, pitr] }],
    },
    restoreTestGapDays: settings.restoreTestDays,
    auditControls: settings.auditControls,
    evidenceRetentionDays: settings.evidenceRetentionDays,
  };
}

function rulesOf(findings: Finding[]): string[] {
  return [...new Set(findings.map(({ rule }) => rule))];
}

const STANDARDS = ComplianceStandard.all().map((standard): [string, ComplianceStandard] => [standard.id, standard]);

test.each(STANDARDS)('the presets of %s hold what it asks, and break no rule of AWS', (_, standard) => {
  const subject = presetOf(standard);
  expect(ComplianceRules.check([standard], subject, PROBE)).toEqual([]);
  const errors = EstateRules.check(subject.estate, PROBE).filter(({ severity }) => severity === Severity.ERROR);
  // The other account's policy is not part of a preset.
  expect(rulesOf(errors)).toEqual(['copy-action-cross-account-policy']);
});

/** What makes a subject weaker in one aspect. */
type Weakening = (subject: ComplianceSubject) => ComplianceSubject;

const withRules =
  (change: (rule: BackupPlan['rules'][number]) => object): Weakening =>
  (subject) => ({
    ...subject,
    estate: {
      ...subject.estate,
      plans: subject.estate.plans!.map((plan) => ({
        ...plan,
        rules: plan.rules.map((rule) => ({ ...rule, ...change(rule) })),
      })),
    },
  });
const withVaults =
  (change: (vault: BackupVault) => object): Weakening =>
  (subject) => ({
    ...subject,
    estate: { ...subject.estate, vaults: subject.estate.vaults!.map((vault) => ({ ...vault, ...change(vault) })) },
  });
const copiesTo = (account: string, region: string) =>
  withRules(() => ({
    copyActions: [{ destinationBackupVaultArn: `arn:aws:backup:${region}:${account}:backup-vault:copies` }],
  }));
const lockOf = (vault: BackupVault, change: object) => ({ vaultLock: { ...vault.vaultLock, ...change } });

/** For each aspect the requirement of a custom standard, what just holds it, and what just does not. */
// prettier-ignore
const BOUNDS: [rule: string, requirement: Partial<ComplianceRequirement>, holds: Weakening, breaks: Weakening, given: string][] = [
  ['compliance-frequency',            { aspect: Aspect.MAX_HOURS_BETWEEN_BACKUPS, value: 24 },       withRules(() => ({ scheduleExpression: 'cron(0 5 ? * * *)' })),      withRules(() => ({ scheduleExpression: 'cron(0 5 ? * MON-SAT *)' })), 'got 2 days'],
  ['compliance-frequency',            { aspect: Aspect.MAX_HOURS_BETWEEN_BACKUPS, value: 12 },       withRules(() => ({ scheduleExpression: 'cron(0 5/12 ? * * *)' })),   withRules(() => ({ scheduleExpression: 'cron(0 5 ? * * *)' })), 'must be at most 12 hours between two backups under mine (§ 1, required), got 24 hours'],
  ['compliance-min-retention',        { aspect: Aspect.MIN_RETENTION_DAYS, value: 35 },              withRules(() => ({ lifecycle: { deleteAfterDays: 35 } })),           withRules(() => ({ lifecycle: { deleteAfterDays: 34 } })), 'must be at least 35 days under mine (§ 1, required), got 34 days'],
  ['compliance-long-retention',       { aspect: Aspect.LONG_RETENTION_DAYS, value: 365 },            withRules(() => ({ lifecycle: { deleteAfterDays: 365 } })),          withRules(() => ({ lifecycle: { deleteAfterDays: 364 } })), 'got 364 days at most'],
  ['compliance-max-retention',        { aspect: Aspect.MAX_RETENTION_DAYS, value: 90 },              withRules(() => ({ lifecycle: { deleteAfterDays: 90 } })),           withRules(() => ({ lifecycle: { deleteAfterDays: 91 } })), 'must be at most 90 days under mine (§ 1, required), got 91 days'],
  ['compliance-max-retention',        { aspect: Aspect.MAX_RETENTION_DAYS, value: 90 },              withRules(() => ({ lifecycle: { deleteAfterDays: 90 } })),           withRules(() => ({ lifecycle: undefined })), 'got kept for ever'],
  ['compliance-min-warm',             { aspect: Aspect.MIN_WARM_DAYS, value: 90 },                   withRules(() => ({ lifecycle: { moveToColdStorageAfterDays: 90 } })), withRules(() => ({ lifecycle: { moveToColdStorageAfterDays: 89 } })), 'got 89 days'],
  ['compliance-continuous-backup',    { aspect: Aspect.CONTINUOUS_BACKUP },                          (subject) => subject,                                                withRules(() => ({ enableContinuousBackup: false })), 'must be given a rule with continuous backup under mine (§ 1, required), got none'],
  ['compliance-cross-region-copy',    { aspect: Aspect.CROSS_REGION_COPY },                          copiesTo(ACCOUNT, 'eu-west-1'),                                      copiesTo('444455556666', 'us-east-1'), 'got no such copy'],
  ['compliance-cross-account-copy',   { aspect: Aspect.CROSS_ACCOUNT_COPY },                         copiesTo('444455556666', 'us-east-1'),                               copiesTo(ACCOUNT, 'eu-west-1'), 'got no such copy'],
  ['compliance-copy-elsewhere',       { aspect: Aspect.COPY_ELSEWHERE },                             copiesTo('444455556666', 'us-east-1'),                               copiesTo(ACCOUNT, 'us-east-1'), 'got no such copy'],
  ['compliance-customer-managed-key', { aspect: Aspect.CUSTOMER_MANAGED_KEY },                       (subject) => subject,                                                withVaults(() => ({ encryptionKeyArn: undefined })), 'got a key that AWS manages'],
  ['compliance-customer-managed-key', { aspect: Aspect.CUSTOMER_MANAGED_KEY },                       (subject) => subject,                                                withVaults(() => ({ encryptionKeyArn: 'alias/aws/backup' })), 'got alias/aws/backup'],
  ['compliance-governance-lock',      { aspect: Aspect.GOVERNANCE_LOCK },                            (subject) => subject,                                                withVaults(() => ({ vaultLock: undefined })), 'got none'],
  ['compliance-compliance-lock',      { aspect: Aspect.COMPLIANCE_LOCK },                            withVaults((vault) => lockOf(vault, { changeableForDays: 3 })),      withVaults((vault) => lockOf(vault, { changeableForDays: undefined })), 'got governance mode, without changeableForDays'],
  ['compliance-compliance-lock',      { aspect: Aspect.COMPLIANCE_LOCK },                            withVaults((vault) => lockOf(vault, { changeableForDays: 3 })),      withVaults(() => ({ vaultLock: undefined })), 'got none'],
  ['compliance-lock-min-retention',   { aspect: Aspect.LOCK_MIN_RETENTION_DAYS, value: 35 },         withVaults((vault) => lockOf(vault, { minRetentionDays: 35 })),      withVaults((vault) => lockOf(vault, { minRetentionDays: 34 })), 'must be at least 35 days under mine (§ 1, required), got 34 days'],
  ['compliance-restore-test',         { aspect: Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, value: 92 },  (subject) => ({ ...subject, restoreTestGapDays: 92 }),               (subject) => ({ ...subject, restoreTestGapDays: 93 }), 'must be at most 92 days apart under mine (§ 1, required), got 93 days'],
  ['compliance-restore-test',         { aspect: Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, value: 92 },  (subject) => ({ ...subject, restoreTestGapDays: 92 }),               (subject) => ({ ...subject, restoreTestGapDays: undefined }), 'got none'],
  ['compliance-regions',              { aspect: Aspect.REGIONS, names: ['us-east-1', 'us-west-2'] }, (subject) => subject,                                                copiesTo('444455556666', 'eu-west-1'), 'must be one of us-east-1, us-west-2 under mine (§ 1, required), got eu-west-1'],
  ['compliance-regions',              { aspect: Aspect.REGIONS, names: ['us-east-1', 'us-west-2'] }, (subject) => subject,                                                withVaults((vault) => ({ env: { ...vault.env, region: 'eu-west-1' } })), 'got eu-west-1'],
  ['compliance-audit-controls',       { aspect: Aspect.AUDIT_CONTROLS, names: ['A', 'B'] },          (subject) => ({ ...subject, auditControls: ['B', 'A'] }),            (subject) => ({ ...subject, auditControls: ['A'] }), 'got none of B'],
  ['compliance-evidence-retention',   { aspect: Aspect.EVIDENCE_RETENTION_DAYS, value: 395 },        (subject) => ({ ...subject, evidenceRetentionDays: 395 }),           (subject) => ({ ...subject, evidenceRetentionDays: 394 }), 'must be kept at least 395 days under mine (§ 1, required), got 394 days'],
];

function standardOf(requirement: Partial<ComplianceRequirement>): ComplianceStandard {
  const clause = { clause: '§ 1', demand: ComplianceDemand.REQUIRED, lookedUp: true, because: 'we say so' };
  return ComplianceStandard.custom({
    id: 'mine',
    title: 'Mine',
    requirements: [{ ...clause, ...requirement } as ComplianceRequirement],
  });
}

test.each(BOUNDS)('%s holds just there and not beyond: %j', (rule, requirement, holds, breaks, given) => {
  const standard = standardOf(requirement);
  const subject = presetOf(ComplianceStandard.HIPAA);
  expect(ComplianceRules.check([standard], holds(subject), PROBE)).toEqual([]);
  const found = ComplianceRules.check([standard], breaks(subject), PROBE);
  expect(rulesOf(found)).toEqual([rule]);
  expect(found[0]!.message).toContain(given);
  expect(found[0]).toMatchObject({ severity: Severity.ERROR, source: '§ 1: we say so' });
});

test('every aspect of a requirement is a row above', () => {
  const rows = new Set(BOUNDS.map(([, { aspect }]) => aspect));
  expect(Object.values(Aspect).filter((aspect) => !rows.has(aspect))).toEqual([]);
});

test('what is recommended only is a warning, and what is from memory says so', () => {
  const requirement = { aspect: Aspect.CONTINUOUS_BACKUP, recommended: true, lookedUp: false };
  const subject = withRules(() => ({ enableContinuousBackup: false }))(presetOf(ComplianceStandard.HIPAA));
  expect(ComplianceRules.check([standardOf(requirement)], subject, PROBE)).toMatchObject([
    { severity: Severity.WARNING, source: '§ 1: we say so; from memory, to be confirmed' },
  ]);
});

/** Standards that no plan can hold together, and some that one can. */
// prettier-ignore
const TOGETHER: [ids: string[], message: RegExp | undefined][] = [
  [['gdpr', 'finra-sec17a4'],           /got finra-sec17a4, which keeps at least 2192 days \(17 CFR 240\.17a-4\(a\)\), and gdpr, which keeps at most 90 days/],
  [['gdpr', 'hipaa'],                   /got hipaa, which keeps at least 365 days/],
  [['gdpr', 'fedramp-high'],            /got fedramp-high \(FedRAMP Rev 5 boundary\) and gdpr|got gdpr .* and fedramp-high|got fedramp-high, which keeps/],
  [['pci-dss', 'finra-sec17a4'],        /pci-dss, which keeps at most 400 days/],
  [['hipaa', 'soc2', 'iso27001'],       undefined],
  [['hipaa', 'pci-dss'],                undefined],
  [['hipaa', 'fedramp-high'],           undefined],
];

test.each(TOGETHER)('%j together', (ids, message) => {
  const standards = ids.map((id) => ComplianceStandard.tryFind(id) as ComplianceStandard);
  const found = ComplianceRules.conflicts(standards, 'S/Backup');
  if (message === undefined) {
    expect(found).toEqual([]);
  } else {
    expect(found[0]).toMatchObject({
      rule: 'compliance-conflict',
      path: 'S/Backup.standards',
      severity: Severity.ERROR,
    });
    expect(found.map((finding) => finding.message).join('\n')).toMatch(message);
  }
});

test('two standards are held by the stronger value of each', () => {
  const { HIPAA, FEDRAMP_HIGH } = ComplianceStandard;
  const settings = CompliancePresets.settings([HIPAA, FEDRAMP_HIGH]);
  expect(settings).toMatchObject({
    retentionDays: 90,
    longRetentionDays: 365,
    restoreTestDays: 31,
    complianceLock: true,
  });
  expect(settings.evidenceRetentionDays).toBe(2192);
});

test('more often than daily is every so many hours of the day', () => {
  const often = standardOf({ aspect: Aspect.MAX_HOURS_BETWEEN_BACKUPS, value: 5 });
  expect(CompliancePresets.plan([often]).rules[0]).toMatchObject({
    scheduleExpression: 'cron(0 1/4 ? * * *)',
    startWindowMinutes: 60,
  });
});

test('a custom standard asks for what it builds on, too', () => {
  const mine = ComplianceStandard.custom({
    id: 'mine',
    title: 'Mine',
    requirements: [],
    basedOn: [ComplianceStandard.SOC2],
  });
  expect(mine.requirements).toEqual(ComplianceStandard.SOC2.requirements);
  expect(ComplianceStandard.tryFind('mine')).toBeUndefined();
  expect(ComplianceStandard.tryFind('hipaa')).toBe(ComplianceStandard.HIPAA);
});

test('every clause says what it asks and no standard says the same twice', () => {
  for (const { requirements } of ComplianceStandard.all()) {
    const aspects = requirements.map(({ aspect }) => aspect);
    expect(aspects).toEqual([...new Set(aspects)]);
    expect(requirements.filter(({ clause, because }) => clause === '' || because === '')).toEqual([]);
  }
});

test('a token is neither checked nor tripped over', () => {
  const probe = { known: (value: unknown) => value !== -999 };
  const subject = withRules(() => ({ lifecycle: { deleteAfterDays: -999 } }))(presetOf(ComplianceStandard.HIPAA));
  expect(rulesOf(ComplianceRules.check([ComplianceStandard.HIPAA], subject, probe))).toEqual([]);
});

/** Most days between tests, and the schedule that holds them: a day less asks for the next. */
// prettier-ignore
const TESTS: [days: number, expression: string][] = [
  [1,   'cron(0 6 ? * * *)'],
  [6,   'cron(0 6 ? * * *)'],
  [7,   'cron(0 6 ? * MON *)'],
  [30,  'cron(0 6 ? * MON *)'],
  [31,  'cron(0 6 1 1/1 ? *)'],
  [91,  'cron(0 6 1 1/1 ? *)'],
  [92,  'cron(0 6 1 1/3 ? *)'],
  [183, 'cron(0 6 1 1/3 ? *)'],
  [184, 'cron(0 6 1 1/6 ? *)'],
  [365, 'cron(0 6 1 1/6 ? *)'],
  [366, 'cron(0 6 1 1 ? *)'],
];

test.each(TESTS)('restore tests at most %d days apart run at %s', (days, expression) => {
  const schedule = CompliancePresets.restoreTestSchedule(days);
  expect(schedule.scheduleExpression).toBe(expression);
  const gap = ComplianceEvidence.restoreTestGapDays([testing(expression)], PROBE);
  expect(gap).toBeLessThanOrEqual(days);
});

function testing(
  scheduleExpression: string,
  selections = [{ restoreTestingSelectionName: 'tables' }],
): RestoreTestingPlan {
  return { restoreTestingPlanName: 'drills', scheduleExpression, selections } as unknown as RestoreTestingPlan;
}

test('of several restore testing plans the one that tests most often counts, and none that tests nothing', () => {
  const [monthly, yearly] = [testing('cron(0 6 1 * ? *)'), testing('cron(0 6 1 1 ? *)')];
  const gapOf = (...plans: RestoreTestingPlan[]) => ComplianceEvidence.restoreTestGapDays(plans, PROBE);
  expect([gapOf(yearly, monthly), gapOf(yearly), gapOf()]).toEqual([31, 366, undefined]);
  expect(gapOf(testing('cron(0 6 1 * ? *)', []), yearly)).toBe(366);
  expect(gapOf(testing('cron(0 6 1 1 ? 2027)'))).toBeUndefined();
});

test('a schedule of tests that is a token is taken to be often enough', () => {
  const probe = { known: (value: unknown) => value !== '${Token}' };
  expect(ComplianceEvidence.restoreTestGapDays([testing('${Token}')], probe)).toBe(0);
});

test('controls of several frameworks count once', () => {
  const framework = (...controls: FrameworkControl[]) => ({ frameworkName: 'f', env: ENV, controls });
  const encrypted = FrameworkControl.backupRecoveryPointEncrypted();
  const planned = FrameworkControl.backupResourcesProtectedByBackupPlan();
  expect(ComplianceEvidence.auditControls([framework(encrypted), framework(encrypted, planned)], PROBE)).toEqual([
    'BACKUP_RECOVERY_POINT_ENCRYPTED',
    'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
  ]);
});

test('controls ask 35 days of what may be continuous, and the whole retention of what a tag says is none', () => {
  const retention = (options?: ComplianceControlsOptions) => {
    const controls = CompliancePresets.controls([ComplianceStandard.FEDRAMP_HIGH], options);
    const control = controls.find(
      ({ controlName }) => controlName === 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
    )!;
    return [control.controlInputParameters[0]!.parameterValue, control.controlScope?.tags] as unknown[];
  };
  expect(retention()).toEqual([35, undefined]);
  expect(retention({ snapshotTag: { conditionKey: 'kind', conditionValue: 'snapshot' } })).toEqual([
    90,
    { kind: 'snapshot' },
  ]);
});

/** What a report says of each aspect of the presets of HIPAA. */
// prettier-ignore
const DECLARED: [aspect: Aspect, declared: string][] = [
  [Aspect.MAX_HOURS_BETWEEN_BACKUPS,      'p.rules[0]: every 24 hours; p.rules[1]: every 31 days; p.rules[2]: every 24 hours'],
  [Aspect.MIN_RETENTION_DAYS,             'p.rules[0]: 35 days; p.rules[1]: 365 days; p.rules[2]: 35 days'],
  [Aspect.LONG_RETENTION_DAYS,            'p.rules[0]: 35 days; p.rules[1]: 365 days; p.rules[2]: 35 days'],
  [Aspect.MAX_RETENTION_DAYS,             'p.rules[0]: 35 days; p.rules[1]: 365 days; p.rules[2]: 35 days'],
  [Aspect.MIN_WARM_DAYS,                  'p.rules[0]: always warm; p.rules[1]: 30 days; p.rules[2]: always warm'],
  [Aspect.CONTINUOUS_BACKUP,              'p.rules[2]'],
  [Aspect.CROSS_REGION_COPY,              'account 444455556666, Region us-west-2'],
  [Aspect.CROSS_ACCOUNT_COPY,             'account 444455556666, Region us-west-2'],
  [Aspect.COPY_ELSEWHERE,                 'account 444455556666, Region us-west-2'],
  [Aspect.CUSTOMER_MANAGED_KEY,           'main: a customer managed key; copies: a customer managed key; pitr: a customer managed key'],
  [Aspect.GOVERNANCE_LOCK,                'main: governance mode, at least 35 days; copies: governance mode, at least 35 days; pitr: governance mode, at least 1 day'],
  [Aspect.COMPLIANCE_LOCK,                'main: governance mode, at least 35 days; copies: governance mode, at least 35 days; pitr: governance mode, at least 1 day'],
  [Aspect.LOCK_MIN_RETENTION_DAYS,        'main: governance mode, at least 35 days; copies: governance mode, at least 35 days; pitr: governance mode, at least 1 day'],
  [Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, '92 days apart'],
  [Aspect.REGIONS,                        'us-east-1; us-west-2'],
  [Aspect.AUDIT_CONTROLS,                 CompliancePresets.settings([ComplianceStandard.HIPAA]).auditControls.join('; ')],
  [Aspect.EVIDENCE_RETENTION_DAYS,        '2192 days'],
];

test.each(DECLARED)('a report says what is declared of %s', (aspect, declared) => {
  expect(ComplianceRules.declared(aspect, presetOf(ComplianceStandard.HIPAA), PROBE)).toBe(declared);
});

test('a report says of every aspect that nothing is declared, or that it is known at deployment', () => {
  expect(DECLARED.map(([aspect]) => aspect)).toEqual(Object.values(Aspect));
  for (const [aspect] of DECLARED) {
    expect(ComplianceRules.declared(aspect, { estate: {} }, PROBE)).toBe('none');
  }
  const subject = withVaults(() => ({ vaultLock: { minRetentionDays: -999 }, encryptionKeyArn: undefined }))(
    withRules(() => ({
      lifecycle: { deleteAfterDays: -999, moveToColdStorageAfterDays: -999 },
      scheduleExpression: 'later',
    }))(presetOf(ComplianceStandard.HIPAA)),
  );
  const probe = { known: (value: unknown) => value !== -999 && value !== 'later' };
  const said = (aspect: Aspect) => ComplianceRules.declared(aspect, subject, probe).split('; ')[0];
  expect(said(Aspect.MIN_RETENTION_DAYS)).toBe('p.rules[0]: known at deployment');
  expect(said(Aspect.MIN_WARM_DAYS)).toBe('p.rules[0]: known at deployment');
  expect(said(Aspect.MAX_HOURS_BETWEEN_BACKUPS)).toBe('p.rules[0]: at an interval that is not known now');
  expect(said(Aspect.GOVERNANCE_LOCK)).toBe('main: governance mode, at least known at deployment');
  expect(said(Aspect.CUSTOMER_MANAGED_KEY)).toBe('main: a key that AWS manages');
});
