// The same estate four times: with our constructs and by hand, for the AWS CDK and for the Terraform CDK.
// Each workload loads its libraries in `load` and makes a fresh app in `synth`; both are timed by run.js.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const VAULTS = 10;
const DENIED = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:DisassociateRecoveryPoint',
  'backup:DeleteBackupVaultAccessPolicy',
];
const MANAGED = ['AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup'];

const names = () => Array.from({ length: VAULTS }, (_, i) => `vault-${i}`);
const folder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-bench-'));

function policy() {
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'DenyDelete', Effect: 'Deny', Principal: { AWS: '*' }, Action: DENIED, Resource: '*' }],
  };
}

function withFolder(make) {
  const outdir = folder();
  try {
    make(outdir);
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

const cdk = () => ({
  core: require('aws-cdk-lib/core'),
  backup: require('aws-cdk-lib/aws-backup'),
  kms: require('aws-cdk-lib/aws-kms'),
  iam: require('aws-cdk-lib/aws-iam'),
});

const cdkByHand = {
  load: cdk,
  synth({ core, backup, kms, iam }) {
    withFolder((outdir) => {
      const app = new core.App({ outdir, analyticsReporting: false });
      const stack = new core.Stack(app, 'S', { env: { account: '111122223333', region: 'us-east-1' } });
      for (const name of names()) {
        const key = new kms.Key(stack, `${name}Key`, { enableKeyRotation: true });
        const vault = new backup.CfnBackupVault(stack, name, {
          backupVaultName: name,
          encryptionKeyArn: key.keyArn,
          accessPolicy: policy(),
          lockConfiguration: { minRetentionDays: 7, maxRetentionDays: 400 },
        });
        vault.applyRemovalPolicy(core.RemovalPolicy.RETAIN);
        const plan = new backup.CfnBackupPlan(stack, `${name}Plan`, {
          backupPlan: {
            backupPlanName: name,
            backupPlanRule: [
              {
                ruleName: 'daily',
                targetBackupVault: vault.ref,
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
          assumedBy: new iam.ServicePrincipal('backup.amazonaws.com', {
            conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
          }),
          managedPolicies: [
            iam.ManagedPolicy.fromAwsManagedPolicyName(`service-role/${MANAGED[0]}`),
            iam.ManagedPolicy.fromAwsManagedPolicyName(MANAGED[1]),
          ],
        });
        new backup.CfnBackupSelection(stack, `${name}Selection`, {
          backupPlanId: plan.ref,
          backupSelection: {
            selectionName: 'tagged',
            iamRoleArn: role.roleArn,
            listOfTags: [{ conditionType: 'STRINGEQUALS', conditionKey: 'backup', conditionValue: 'daily' }],
          },
        });
      }
      app.synth();
    });
  },
};

const cdkWithHoldfast = {
  load: () => ({ core: require('aws-cdk-lib/core'), holdfast: require('@holdfast/cdk'), model: require('@holdfast/model') }),
  synth({ core, holdfast, model }) {
    withFolder((outdir) => {
      const app = new core.App({ outdir, analyticsReporting: false });
      const stack = new core.Stack(app, 'S', { env: { account: '111122223333', region: 'us-east-1' } });
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
    });
  },
};

const cdktf = () => ({
  cdktf: require('cdktf'),
  provider: require('@cdktf/provider-aws/lib/provider'),
});

function cdktfApp({ cdktf, provider }, declare) {
  withFolder((outdir) => {
    const app = new cdktf.App({ outdir });
    const stack = new cdktf.TerraformStack(app, 'S');
    new provider.AwsProvider(stack, 'Aws', { region: 'us-east-1', allowedAccountIds: ['111122223333'] });
    names().forEach((name) => declare(stack, name));
    app.synth();
  });
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
  synth(libraries) {
    const { key, vault, policy: vaultPolicy, vaultLock, plan, selection, role, attachment } = libraries;
    cdktfApp(libraries, (stack, name) => {
      const lifecycle = { preventDestroy: true };
      const kms = new key.KmsKey(stack, `${name}-key`, { enableKeyRotation: true, lifecycle });
      const made = new vault.BackupVault(stack, name, { name, kmsKeyArn: kms.arn, lifecycle });
      new vaultPolicy.BackupVaultPolicy(stack, `${name}-policy`, {
        backupVaultName: made.name,
        policy: JSON.stringify(policy()),
      });
      new vaultLock.BackupVaultLockConfiguration(stack, `${name}-lock`, {
        backupVaultName: made.name,
        minRetentionDays: 7,
        maxRetentionDays: 400,
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
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
      });
      MANAGED.forEach(
        (policyName, i) =>
          new attachment.IamRolePolicyAttachment(stack, `${name}-attachment-${i}`, {
            role: iam.name,
            policyArn: `arn:aws:iam::aws:policy/${policyName}`,
          }),
      );
      new selection.BackupSelection(stack, `${name}-selection`, {
        planId: backupPlan.id,
        name: 'tagged',
        iamRoleArn: iam.arn,
        selectionTag: [{ type: 'STRINGEQUALS', key: 'backup', value: 'daily' }],
      });
    });
  },
};

const cdktfWithHoldfast = {
  load: () => ({ ...cdktf(), holdfast: require('@holdfast/cdktf'), model: require('@holdfast/model') }),
  synth(libraries) {
    const { holdfast, model } = libraries;
    cdktfApp(libraries, (stack, name) => {
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

module.exports = {
  'AWS CDK': { byHand: cdkByHand, ours: cdkWithHoldfast },
  'Terraform CDK': { byHand: cdktfByHand, ours: cdktfWithHoldfast },
};

// As a child of run.js: load once, synthesize a few times, print the milliseconds as JSON.
if (require.main === module) {
  const [framework, side, rounds] = process.argv.slice(2);
  const workload = module.exports[framework][side];
  const started = process.hrtime.bigint();
  const libraries = workload.load();
  const loaded = process.hrtime.bigint();
  const synths = [];
  for (let i = 0; i < Number(rounds); i++) {
    const from = process.hrtime.bigint();
    workload.synth(libraries);
    synths.push(Number(process.hrtime.bigint() - from) / 1e6);
  }
  console.log(JSON.stringify({ load: Number(loaded - started) / 1e6, first: synths[0], warm: synths.slice(1) }));
}
