// What the engine makes of the apps that copies need: read, checked and run, and what other tools say of them.
import { BackupKey, CopyDestination, Plan, SelectionResource, SourceKeyGrants, Vault } from '@holdfast/cdk';
import { Schedule } from '@holdfast/model';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { answerOf, cli } from '../engine/cli/run-cli';
import { synthCdk } from '../support/synth';
import { declareEveryCopy, declareEveryKey } from './support/everything-keys-and-copies';
import { cfnLint, naggedStack, nagFindings } from './support/scans';

const SLOW = 120_000;
const ACCOUNT = '111122223333';
const BUNKER = '444455556666';

interface Simulation {
  readonly schema: string;
  readonly copyJobs: Record<string, number>;
  readonly recoveryPoints: { readonly byVault: Record<string, { readonly live: number }> };
}

interface Check {
  readonly schema: string;
  readonly findings: { readonly rule: string; readonly severity: string }[];
}

/** A volume and a file system that are backed up daily and copied. */
function declareLedger(app: App, destination: CopyDestination): void {
  const stack = new Stack(app, 'Ledger', { env: { account: ACCOUNT, region: 'eu-central-1' } });
  const { key } = new BackupKey(stack, 'Key', { aliasName: 'alias/ledger' });
  new SourceKeyGrants(stack, 'Grants', { key, destinationAccounts: [BUNKER] });
  const volume = new ec2.CfnVolume(stack, 'Volume', {
    availabilityZone: 'eu-central-1a',
    size: 8,
    encrypted: true,
    kmsKeyId: key.keyArn,
  });
  const files = new efs.CfnFileSystem(stack, 'Files', { encrypted: true });
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [
      {
        ruleName: 'daily',
        vault: new Vault(stack, 'Vault', { backupVaultName: 'primary' }).backupVault,
        schedule: Schedule.daily({ hour: 5 }),
        deleteAfter: Duration.days(35),
        copyActions: [{ destination, deleteAfter: Duration.days(90) }],
      },
    ],
  });
  const resources = [volume, files].map((each) => SelectionResource.fromConstruct(each));
  plan.addSelection('All', { selectionName: 'all', resources });
}

// prettier-ignore
test.each([
  ['another Region',             CopyDestination.region('eu-west-1', { vaultLock: { minRetentionDays: 30 } }), ACCOUNT, 'eu-west-1'],
  ['another account',            CopyDestination.account(BUNKER),                                             BUNKER,  'eu-central-1'],
  ['another Region and account', CopyDestination.account(BUNKER, { region: 'eu-west-1' }),                    BUNKER,  'eu-west-1'],
])(
  'copies to %s complete in the vault that is made there',
  async (_, destination, account, region) => {
    const assembly = synthCdk((app) => declareLedger(app, destination));
    const check = answerOf<Check>(await cli(['check', assembly, '--format', 'json']));
    expect(check.findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    const run = await cli(['simulate', assembly, '--days', '10', '--start', '2027-01-01', '--format', 'json']);
    const { copyJobs, recoveryPoints } = answerOf<Simulation>(run);
    expect(copyJobs).toEqual({ COMPLETED: 20 });
    expect(recoveryPoints.byVault[`arn:aws:backup:${region}:${account}:backup-vault:holdfast-copies`]).toMatchObject({
      live: 20,
    });
  },
  SLOW,
);

test(
  'keys and copies are clean under cdk-nag and cfn-lint, with every property',
  () => {
    const stack = naggedStack();
    const app = stack.node.root as App;
    declareEveryKey(stack);
    declareEveryCopy(stack);
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'keys and copies')).toBe('');
  },
  SLOW,
);
