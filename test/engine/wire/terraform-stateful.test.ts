// The real Terraform makes a table, a volume, a file system and an instance in a served World, which backs them up.
import { createBackupPlan } from '../../../engine/src/operations/backup/create-backup-plan';
import { createBackupSelection } from '../../../engine/src/operations/backup/create-backup-selection';
import { createBackupVault } from '../../../engine/src/operations/backup/create-backup-vault';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { exercised } from '../../support/programs';
import { ACCOUNT, REGION, ServedTerraform, testTerraform } from '../../support/served-terraform';
import { takeOver } from './terraform/import';
import { done, files, note } from './terraform/life-cycle';

const CALLER = { partition: 'aws', account: ACCOUNT, region: REGION };

let served: ServedTerraform | undefined;

afterEach(async () => {
  await served?.close();
  served = undefined;
});

function backUpDaily(state: WorldState): void {
  createBackupVault(state, CALLER, { BackupVaultName: 'main' });
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', Lifecycle: { DeleteAfterDays: 7 } };
  const { BackupPlanId } = createBackupPlan(state, CALLER, { BackupPlan: { BackupPlanName: 'plan', Rules: [rule] } });
  const tag = { ConditionType: 'STRINGEQUALS' as const, ConditionKey: 'backup', ConditionValue: 'daily' };
  const IamRoleArn = `arn:aws:iam::${ACCOUNT}:role/backup`;
  const BackupSelection = { SelectionName: 'tagged', IamRoleArn, ListOfTags: [tag] };
  createBackupSelection(state, CALLER, { BackupPlanId, BackupSelection });
}

// Volumes and instances have waits of ten seconds in the provider itself; a DB instance has 80, and is left out.
testTerraform()(
  'what holds data is applied, has no drift, is backed up, changed in place, and destroyed while its backups stay',
  async () => {
    exercised('terraform', 'dynamodb, ec2 and efs in a served World');
    served = await ServedTerraform.open();
    const terraform = served;
    const declared = files('provider.tf', 'stateful.tf');
    const folder = served.folder('stateful', declared);
    const run = (...args: string[]) => terraform.run(folder, ...args);
    done(await run('init'));
    note('stateful apply', done(await run('apply', '-auto-approve')));
    const { table, volume, instance, ...others } = await served.outputs(folder);
    const { state } = served.world;
    backUpDaily(state);
    await served.advance('P1D');
    const arns = [table, volume, instance, others['files']].map(String);
    expect(arns.map((arn) => state.pointsOf(arn).length)).toEqual([1, 1, 1, 1]);
    const changed = ['-var', 'backup=never', '-var', 'days=AFTER_14_DAYS'];
    note('stateful update', done(await run('apply', '-auto-approve', ...changed)));
    expect(done(await run('plan', '-detailed-exitcode', ...changed)).output).toContain('No changes.');
    await served.advance('P1D');
    expect(arns.map((arn) => state.pointsOf(arn).length)).toEqual([1, 1, 1, 1]);
    const taken = await takeOver(served, folder, declared, changed);
    expect(taken.differences).toEqual({});
    done(await served.run(taken.folder, 'plan', '-detailed-exitcode', ...changed));
    note('stateful destroy', done(await served.run(taken.folder, 'destroy', '-auto-approve', ...changed)));
    expect(state.resources).toEqual([]);
    expect(arns.map((arn) => state.pointsOf(arn).length)).toEqual([1, 1, 1, 1]);
  },
  400_000,
);
