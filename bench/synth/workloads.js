// The same estate four times: with our constructs and by hand, for the AWS CDK and for the Terraform CDK.
// Each workload loads its libraries in `load` and makes a fresh app in `synth`; both are timed by run.js. What the two
// sides of a framework render is the same but for ids, which same.js holds.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const VAULTS = 10;
const DENIED = [
  'backup:DeleteRecoveryPoint',
  'backup:DisassociateRecoveryPoint',
  'backup:DisassociateRecoveryPointFromParent',
  'backup:UpdateRecoveryPointLifecycle',
];
const MANAGED = ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup'];
const ACCOUNT = '111122223333';
const DESCRIPTION = 'AWS Backup assumes it for the selection tagged';

const names = () => Array.from({ length: VAULTS }, (_, i) => `vault-${i}`);

function policy() {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'DenyEmptyingTheVault', Effect: 'Deny', Principal: { AWS: '*' }, Action: DENIED, Resource: '*' },
    ],
  };
}

const cdk = () => ({
  core: require('aws-cdk-lib/core'),
  backup: require('aws-cdk-lib/aws-backup'),
  kms: require('aws-cdk-lib/aws-kms'),
  iam: require('aws-cdk-lib/aws-iam'),
});

const cdkByHand = {
  load: cdk,
  synth({ core, backup, kms, iam }, outdir) {
    const app = new core.App({ outdir, analyticsReporting: false });
    const stack = new core.Stack(app, 'S', { env: { account: ACCOUNT, region: 'us-east-1' } });
    for (const name of names()) {
      const key = new kms.Key(stack, `${name}Key`, {
        description: `Encrypts the recovery points of the backup vault ${name}`,
        enableKeyRotation: true,
        removalPolicy: core.RemovalPolicy.RETAIN,
      });
      const vault = new backup.BackupVault(stack, name, {
        backupVaultName: name,
        encryptionKey: key,
        accessPolicy: iam.PolicyDocument.fromJson(policy()),
        lockConfiguration: { minRetention: core.Duration.days(7), maxRetention: core.Duration.days(400) },
        removalPolicy: core.RemovalPolicy.RETAIN,
      });
      const plan = new backup.CfnBackupPlan(stack, `${name}Plan`, {
        backupPlan: {
          backupPlanName: name,
          backupPlanRule: [
            {
              ruleName: 'daily',
              targetBackupVault: vault.backupVaultName,
              scheduleExpression: 'cron(0 5 ? * * *)',
              scheduleExpressionTimezone: 'Etc/UTC',
              startWindowMinutes: 480,
              completionWindowMinutes: 10080,
              lifecycle: { deleteAfterDays: 35 },
            },
          ],
        },
      });
      const role = new iam.Role(stack, `${name}Role`, {
        description: DESCRIPTION,
        assumedBy: new iam.ServicePrincipal('backup.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
        }),
        managedPolicies: MANAGED.map((managed) => iam.ManagedPolicy.fromAwsManagedPolicyName(managed)),
      });
      new backup.CfnBackupSelection(stack, `${name}Selection`, {
        backupPlanId: plan.attrBackupPlanId,
        backupSelection: {
          selectionName: 'tagged',
          iamRoleArn: role.roleArn,
          listOfTags: [{ conditionType: 'STRINGEQUALS', conditionKey: 'backup', conditionValue: 'daily' }],
        },
      });
    }
    app.synth();
  },
};

const cdkWithHoldfast = {
  load: () => ({
    core: require('aws-cdk-lib/core'),
    holdfast: require('@holdfast/cdk'),
    model: require('@holdfast/model'),
  }),
  synth({ core, holdfast, model }, outdir) {
    const app = new core.App({ outdir, analyticsReporting: false });
    const stack = new core.Stack(app, 'S', { env: { account: ACCOUNT, region: 'us-east-1' } });
    for (const name of names()) {
      const vault = new holdfast.Vault(stack, name, {
        backupVaultName: name,
        vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 },
      });
      const plan = new holdfast.Plan(stack, `${name}Plan`, {
        backupPlanName: name,
        rules: [
          {
            ruleName: 'daily',
            vault: vault.backupVault,
            schedule: model.Schedule.daily({ hour: 5 }),
            deleteAfter: core.Duration.days(35),
          },
        ],
      });
      plan.addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
    }
    app.synth();
  },
};

const cdktf = () => ({
  cdktf: require('cdktf'),
  provider: require('@cdktf/provider-aws/lib/provider'),
});

function cdktfApp({ cdktf, provider }, outdir, declare) {
  const app = new cdktf.App({ outdir });
  const stack = new cdktf.TerraformStack(app, 'S');
  new provider.AwsProvider(stack, 'Aws', { region: 'us-east-1', allowedAccountIds: [ACCOUNT] });
  names().forEach((name) => declare(stack, name));
  app.synth();
}

const cdktfByHand = {
  load: () => ({
    ...cdktf(),
    key: require('@cdktf/provider-aws/lib/kms-key'),
    vault: require('@cdktf/provider-aws/lib/backup-vault'),
    policy: require('@cdktf/provider-aws/lib/backup-vault-policy'),
    vaultLock: require('@cdktf/provider-aws/lib/backup-vault-lock-configuration'),
    plan: require('@cdktf/provider-aws/lib/backup-plan'),
    selection: require('@cdktf/provider-aws/lib/backup-selection'),
    role: require('@cdktf/provider-aws/lib/iam-role'),
    attachment: require('@cdktf/provider-aws/lib/iam-role-policy-attachment'),
  }),
  synth(libraries, outdir) {
    const { key, vault, policy: vaultPolicy, vaultLock, plan, selection, role, attachment } = libraries;
    cdktfApp(libraries, outdir, (stack, name) => {
      const lifecycle = { preventDestroy: true };
      const kms = new key.KmsKey(stack, `${name}-key`, {
        description: `Encrypts the recovery points of the backup vault ${name}`,
        deletionWindowInDays: 30,
        enableKeyRotation: true,
        lifecycle,
      });
      const made = new vault.BackupVault(stack, `${name}-vault`, { name, kmsKeyArn: kms.arn, lifecycle });
      const lock = new vaultLock.BackupVaultLockConfiguration(stack, `${name}-lock`, {
        backupVaultName: made.name,
        minRetentionDays: 7,
        maxRetentionDays: 400,
        lifecycle,
      });
      new vaultPolicy.BackupVaultPolicy(stack, `${name}-policy`, {
        backupVaultName: made.name,
        policy: JSON.stringify(policy()),
        dependsOn: [lock],
        lifecycle,
      });
      const backupPlan = new plan.BackupPlan(stack, `${name}-plan`, {
        name,
        rule: [
          {
            ruleName: 'daily',
            targetVaultName: made.name,
            schedule: 'cron(0 5 ? * * *)',
            scheduleExpressionTimezone: 'Etc/UTC',
            startWindow: 480,
            completionWindow: 10080,
            lifecycle: { deleteAfter: 35 },
          },
        ],
      });
      const iam = new role.IamRole(stack, `${name}-role`, {
        description: DESCRIPTION,
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'backup.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
            },
          ],
        }),
      });
      const attachments = MANAGED.map(
        (managed, i) =>
          new attachment.IamRolePolicyAttachment(stack, `${name}-attachment-${i}`, {
            role: iam.name,
            policyArn: `arn:aws:iam::aws:policy/${managed}`,
          }),
      );
      new selection.BackupSelection(stack, `${name}-selection`, {
        planId: backupPlan.id,
        name: 'tagged',
        iamRoleArn: iam.arn,
        selectionTag: [{ type: 'STRINGEQUALS', key: 'backup', value: 'daily' }],
        dependsOn: attachments,
      });
    });
  },
};

const cdktfWithHoldfast = {
  load: () => ({ ...cdktf(), holdfast: require('@holdfast/cdktf'), model: require('@holdfast/model') }),
  synth(libraries, outdir) {
    const { holdfast, model } = libraries;
    cdktfApp(libraries, outdir, (stack, name) => {
      const vault = new holdfast.Vault(stack, name, {
        backupVaultName: name,
        vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 },
      });
      const plan = new holdfast.Plan(stack, `${name}-plan`, {
        backupPlanName: name,
        rules: [{ ruleName: 'daily', vault, schedule: model.Schedule.daily({ hour: 5 }), deleteAfterDays: 35 }],
      });
      plan.addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
    });
  },
};

const WORKLOADS = {
  'AWS CDK': { byHand: cdkByHand, ours: cdkWithHoldfast },
  'Terraform CDK': { byHand: cdktfByHand, ours: cdktfWithHoldfast },
};

/** Synthesizes into a folder of its own; making and removing it is not timed. */
function synthOnce(workload, libraries, look = () => {}) {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-bench-'));
  try {
    const took = timed(() => workload.synth(libraries, outdir));
    look(outdir);
    return took;
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

/** Milliseconds on the wall and of the processor (user and system, all threads). */
function timed(run) {
  const [wall, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
  run();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: Number(process.hrtime.bigint() - wall) / 1e6, cpu: (user + system) / 1e3 };
}

module.exports = { WORKLOADS, synthOnce };

// As a child of run.js: load once, synthesize a few times, print the milliseconds as JSON.
if (require.main === module) {
  const [framework, side, rounds] = process.argv.slice(2);
  const workload = WORKLOADS[framework][side];
  let libraries;
  const load = timed(() => (libraries = workload.load()));
  const synths = Array.from({ length: Number(rounds) }, () => synthOnce(workload, libraries));
  console.log(JSON.stringify({ load, first: synths[0], warm: synths.slice(1) }));
}
