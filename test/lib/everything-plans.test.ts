import { LegalHold, Plan, PlanSet, RestoreRole, SelectionResource, TieringConfiguration, Vault } from '@holdfast/cdk';
import { ScanMode } from '@holdfast/model';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { declareEveryPlan } from './support/everything-plans';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, stackOf } from './support/stacks';

const SLOW = 60_000;

/** `AWS::Backup::LegalHold` is younger than the specification of cfn-lint. */
const UNKNOWN = 'E3006';

test('what uses every property synthesizes', () => {
  const stack = stackOf();
  declareEveryPlan(stack);
  expect(annotations(stack, 'warning').filter((text) => text.includes('estate-check-failed'))).toEqual([]);
});

test(
  'cfn-lint finds nothing in what uses every property',
  () => {
    const stack = stackOf();
    declareEveryPlan(stack);
    expect(cfnLint(stack.node.root as App, 'plans, holds and tiering with every property', UNKNOWN)).toBe('');
  },
  SLOW,
);

/** Constructs of ours alone, with their defaults. */
function declareOurs(stack: Stack): void {
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock: { minRetentionDays: 7 } }).backupVault;
  const rules = [
    { ruleName: 'daily', vault, deleteAfter: Duration.days(35), scanAction: ScanMode.FULL_SCAN, indexActions: ['EBS'] },
  ];
  new Plan(stack, 'Plan', { backupPlanName: 'plan', rules }).addSelection('All', {
    selectionName: 'all',
    resources: [SelectionResource.fromArn('*')],
  });
  new PlanSet(stack, 'Plans', { planSetName: 'plans', tiers: [{ tierName: 'gold', rules }] });
  new RestoreRole(stack, 'RestoreRole');
  new TieringConfiguration(stack, 'Tiering', {
    tieringConfigurationName: 'tiers',
    selections: [{ tierDownAfter: Duration.days(60) }],
  });
  new LegalHold(stack, 'Hold', { title: 'case', description: 'case 4711', vaults: [vault] });
}

test(
  'plans, roles, tiering and holds are clean under cdk-nag and cfn-lint',
  () => {
    const stack = naggedStack();
    declareOurs(stack);
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'plans, roles, tiering and holds', UNKNOWN)).toBe('');
  },
  SLOW,
);
