import * as fs from 'node:fs';
import * as path from 'node:path';
import { Blueprint, BlueprintProps } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stack, Stage } from 'aws-cdk-lib/core';
import { cli } from '../engine/cli/run-cli';
import { temporaryFolder } from '../support/synth';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { refusal, stackOf } from './support/stacks';

const VAULT = 'AWS::Backup::BackupVault';
const PLAN = 'AWS::Backup::BackupPlan';
const SELECTION = 'AWS::Backup::BackupSelection';
const ROLE = 'arn:aws:iam::111122223333:role/backup';

const TEXT = `
schema: holdfast.blueprint/1
env: { partition: aws, account: '111122223333', region: eu-central-1 }
vaults:
  - backupVaultName: main
    vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 }
    tags: { owner: platform }
    accessPolicy:
      Version: '2012-10-17'
      Statement:
        - { Effect: Allow, Principal: { AWS: '444455556666' }, Action: backup:CopyIntoBackupVault, Resource: '*' }
  - backupVaultName: copies
    env: { region: eu-west-1 }
    encryptionKeyArn: arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321
plans:
  - backupPlanName: ledger
    rules:
      - ruleName: daily
        targetBackupVaultName: main
        scheduleExpression: cron(0 5 ? * * *)
        scheduleExpressionTimezone: Europe/Berlin
        startWindowMinutes: 120
        completionWindowMinutes: 600
        lifecycle: { deleteAfterDays: 35 }
        recoveryPointTags: { kept: five weeks }
        copyActions:
          - destinationBackupVaultArn: arn:aws:backup:eu-west-1:111122223333:backup-vault:copies
            lifecycle: { moveToColdStorageAfterDays: -1, deleteAfterDays: 90 }
    selections:
      - selectionName: tagged
        iamRoleArn: ${ROLE}
        listOfTags:
          - { conditionKey: backup, conditionValue: daily }
          - { conditionKey: backup, conditionValue: weekly }
          - { conditionKey: tier, conditionValue: gold }
        conditions:
          stringEquals: [{ conditionKey: aws:ResourceTag/stage, conditionValue: prod }]
    advancedBackupSettings: [{ resourceType: EC2, backupOptions: { WindowsVSS: enabled } }]
resources:
  - arn: arn:aws:dynamodb:eu-central-1:111122223333:table/orders
    tags: { backup: weekly, stage: prod }
    sizeGiB: 40
`;

function fileOf(text: string, name = 'backup.yaml'): string {
  const file = path.join(temporaryFolder('blueprint'), name);
  fs.writeFileSync(file, text);
  return file;
}

function blueprint(stack: Stack, props: BlueprintProps = { file: fileOf(TEXT) }): Blueprint {
  return new Blueprint(stack, 'Estate', props);
}

test('renders the vaults, plans and selections of a file', () => {
  const stack = stackOf();
  blueprint(stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties(VAULT, {
    BackupVaultName: 'main',
    LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 400 },
    BackupVaultTags: { owner: 'platform' },
  });
  template.hasResourceProperties(PLAN, {
    BackupPlan: {
      BackupPlanName: 'ledger',
      AdvancedBackupSettings: [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } }],
      BackupPlanRule: [
        {
          RuleName: 'daily',
          ScheduleExpression: 'cron(0 5 ? * * *)',
          ScheduleExpressionTimezone: 'Europe/Berlin',
          StartWindowMinutes: 120,
          CompletionWindowMinutes: 600,
          Lifecycle: { DeleteAfterDays: 35 },
          RecoveryPointTags: { kept: 'five weeks' },
          CopyActions: [
            {
              DestinationBackupVaultArn: {
                'Fn::Join': [
                  '',
                  ['arn:', { Ref: 'AWS::Partition' }, ':backup:eu-west-1:111122223333:backup-vault:copies'],
                ],
              },
              Lifecycle: { DeleteAfterDays: 90 },
            },
          ],
        },
      ],
    },
  });
});

test('gives a vault what the file leaves out: a key of its own and a policy that keeps it full', () => {
  const stack = stackOf();
  blueprint(stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.hasResourceProperties(VAULT, {
    AccessPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({ Sid: 'DenyEmptyingTheVault', Effect: 'Deny' }),
        Match.objectLike({ Effect: 'Allow', Action: 'backup:CopyIntoBackupVault' }),
      ]),
    },
  });
});

test('makes what lives elsewhere in a stack beside, named after account and Region', () => {
  const stack = stackOf();
  blueprint(stack);
  const there = stack.node.root.node.findChild('Estate-111122223333-eu-west-1') as Stack;
  expect([there.account, there.region]).toEqual(['111122223333', 'eu-west-1']);
  Template.fromStack(there).hasResourceProperties(VAULT, {
    BackupVaultName: 'copies',
    EncryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321',
  });
});

test('takes a stack that leaves its environment open for the place of the blueprint alone', () => {
  const stack = new Stack(new App(), 'S');
  blueprint(stack);
  Template.fromStack(stack).resourceCountIs(VAULT, 1);
  const there = stack.node.root.node.findChild('Estate-111122223333-eu-west-1') as Stack;
  Template.fromStack(there).hasResourceProperties(VAULT, { BackupVaultName: 'copies' });
});

test('stays inside its stage', () => {
  const stage = new Stage(new App(), 'Prod', { env: { account: '111122223333', region: 'eu-central-1' } });
  blueprint(new Stack(stage, 'S'));
  expect(stage.node.tryFindChild('Estate-111122223333-eu-west-1')).toBeDefined();
});

test('makes a selection for each further value of a tag, as all of them select', () => {
  const stack = stackOf();
  blueprint(stack);
  const template = Template.fromStack(stack);
  const conditions = { StringEquals: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'prod' }] };
  template.resourceCountIs(SELECTION, 2);
  template.hasResourceProperties(SELECTION, {
    BackupSelection: {
      SelectionName: 'tagged',
      ListOfTags: [
        { ConditionKey: 'backup', ConditionValue: 'daily' },
        { ConditionKey: 'tier', ConditionValue: 'gold' },
      ],
      Conditions: conditions,
    },
  });
  template.hasResourceProperties(SELECTION, {
    BackupSelection: {
      SelectionName: 'tagged-2',
      ListOfTags: [{ ConditionKey: 'backup', ConditionValue: 'weekly' }],
      Conditions: conditions,
    },
  });
});

test('hands out what it made, and takes the document as an object, too', () => {
  const vaults = [{ backupVaultName: 'main' }];
  const made = blueprint(stackOf(), { document: { schema: 'holdfast.blueprint/1', vaults } });
  expect(made.vaults.map(({ node }) => node.path)).toEqual(['S/Estate/Vault-main']);
  expect(made.plans).toEqual([]);
});

test('runs as the file itself does: the same jobs, the same points', async () => {
  const file = fileOf(TEXT);
  const app = new App({ outdir: temporaryFolder('cdk') });
  blueprint(new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-central-1' } }), { file });
  app.synth();
  const inventory = fileOf(
    '- { arn: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders", tags: { backup: weekly, stage: prod }, sizeGiB: 40 }',
    'inventory.yaml',
  );
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await cli(['simulate', ...args, '--days', '60', '--format', 'json']);
    expect([code, stderr]).toEqual([0, '']);
    const { backupJobs, copyJobs, recoveryPoints } = JSON.parse(stdout) as Record<string, unknown>;
    return { backupJobs, copyJobs, recoveryPoints };
  };
  const ofFile = await run(file);
  expect(ofFile.backupJobs).toEqual({ COMPLETED: 60 });
  expect(await run(app.outdir, '--inventory', inventory)).toEqual(ofFile);
});

test('renders logically air-gapped vaults, and plans that back up into them', () => {
  const stack = stackOf();
  const document = {
    schema: 'holdfast.blueprint/1',
    env: { account: '111122223333', region: 'eu-central-1' },
    vaults: [{ backupVaultName: 'main' }],
    logicallyAirGappedVaults: [{ backupVaultName: 'air', minRetentionDays: 7, maxRetentionDays: 90 }],
    plans: [
      {
        backupPlanName: 'ledger',
        rules: [
          {
            ruleName: 'daily',
            targetBackupVaultName: 'main',
            lifecycle: { deleteAfterDays: 35 },
            copyActions: [{ destinationBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:air' }],
          },
        ],
      },
    ],
  };
  const complianceAcknowledgement = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };
  const made = blueprint(stack, { document, complianceAcknowledgement });
  expect(made.logicallyAirGappedVaults.map(({ node }) => node.path)).toEqual(['S/Estate/Vault-air']);
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::LogicallyAirGappedBackupVault', {
    BackupVaultName: 'air',
    MinRetentionDays: 7,
    MaxRetentionDays: 90,
  });
  const tooShort = {
    ...document,
    plans: [{ ...document.plans[0], rules: [{ ...document.plans[0]!.rules[0], lifecycle: { deleteAfterDays: 5 } }] }],
  };
  expect(refusal(() => blueprint(stackOf(), { document: tooShort, complianceAcknowledgement }))).toContain(
    '[copy-action-retention-in-lock]',
  );
});

test('scans for malware as the file says', () => {
  const stack = stackOf();
  const scanner = 'arn:aws:iam::111122223333:role/scanner';
  const document = {
    schema: 'holdfast.blueprint/1',
    vaults: [{ backupVaultName: 'main' }],
    plans: [
      {
        backupPlanName: 'ledger',
        rules: [
          {
            ruleName: 'daily',
            targetBackupVaultName: 'main',
            scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' }],
          },
        ],
        scanSettings: [{ malwareScanner: 'GUARDDUTY', resourceTypes: ['EBS'], scannerRoleArn: scanner }],
      },
    ],
  };
  blueprint(stack, { document });
  Template.fromStack(stack).hasResourceProperties(PLAN, {
    BackupPlan: {
      BackupPlanRule: [{ ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' }] }],
      ScanSettings: [{ MalwareScanner: 'GUARDDUTY', ResourceTypes: ['EBS'], ScannerRoleArn: scanner }],
    },
  });
});

test('takes an acknowledgement for its locks in compliance mode', () => {
  const stack = stackOf();
  const document = {
    schema: 'holdfast.blueprint/1',
    vaults: [
      { backupVaultName: 'main', vaultLock: { minRetentionDays: 7, changeableForDays: 3 } },
      { backupVaultName: 'other' },
    ],
  };
  const complianceAcknowledgement = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };
  const made = blueprint(stack, { document, complianceAcknowledgement });
  expect(made.vaults.map(({ dateOfNoReturn }) => dateOfNoReturn)).toEqual(['2027-01-04', undefined]);
});

test('lets go what the blueprint waives, and what the construct does', () => {
  const document = {
    schema: 'holdfast.blueprint/1',
    vaults: [{ backupVaultName: 'main', vaultLock: { minRetentionDays: 30 } }],
    plans: [
      {
        backupPlanName: 'ledger',
        rules: [{ ruleName: 'daily', targetBackupVaultName: 'main', lifecycle: { deleteAfterDays: 7 } }],
      },
    ],
  };
  expect(refusal(() => blueprint(stackOf(), { document }))).toContain('[rule-retention-in-lock]');
  const waiver = { rule: 'rule-retention-in-lock', path: 'plans[0].rules[0].*', reason: 'the lock goes' };
  expect(() => blueprint(stackOf(), { document: { ...document, waivers: [waiver] } })).not.toThrow();
  expect(() => blueprint(stackOf(), { document, waivers: [waiver] })).not.toThrow();
});

/** What is no blueprint. */
// prettier-ignore
const REFUSED: [what: string, props: () => BlueprintProps, message: RegExp][] = [
  ['nothing',               () => ({}),                                                            /file must be a blueprint, .*, got neither a file nor a document \[blueprint-document\]/],
  ['a file that is not there', () => ({ file: 'nowhere.yaml' }),                                   /file must be a blueprint, .*, got nowhere\.yaml: ENOENT/],
  ['a file that is no YAML', () => ({ file: fileOf('a: [', 'broken.yaml') }),                      /broken\.yaml must be a blueprint, .*, got Flow sequence/],
  ['another document',      () => ({ document: { schema: 'x/1' } }),                               /document: schema must be holdfast\.blueprint\/1, got x\/1/],
  ['a misspelt field',      () => ({ document: { schema: 'holdfast.blueprint/1', vault: [] } }),   /document: vault is not a field here; did you mean vaults\?/],
  ['a number as text',      () => ({ document: { schema: 'holdfast.blueprint/1', vaults: [{ backupVaultName: 'main', vaultLock: { minRetentionDays: '7' } }] } }),
                                                                                                   /document: vaults\[0\]\.vaultLock\.minRetentionDays must be a number, got "7"/],
];

test.each(REFUSED)('fails for %s', (_, props, message) => {
  expect(refusal(() => blueprint(stackOf(), props()))).toMatch(message);
});

test('is clean under cdk-nag and cfn-lint', () => {
  const stack = naggedStack();
  blueprint(stack);
  const app = stack.node.root as App;
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'a blueprint')).toBe('');
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  blueprint(stack);
  const paths = stack.node.findAll().map(({ node }) => node.path);
  expect(paths.filter((one) => one.split('/').length === 3)).toEqual([
    'S/Estate/Vault-main',
    'S/Estate/Plan-ledger',
    'S/Estate/Role-ledger-tagged',
  ]);
  expect(paths).toEqual(
    expect.arrayContaining(['S/Estate/Plan-ledger/Selection-tagged', 'S/Estate/Plan-ledger/Selection-tagged-2']),
  );
});
