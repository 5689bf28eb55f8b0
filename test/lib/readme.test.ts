import * as fs from 'node:fs';
import * as path from 'node:path';
import { Plan, SelectionResource, Vault } from '@holdfast/cdk';
import { Schedule } from '@holdfast/model';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { annotations, refusal } from './support/stacks';

const README = fs.readFileSync(path.join(__dirname, '../../lib/README.md'), 'utf8');

/** The first example, with another retention. */
function ledger(days: number): Stack {
  const stack = new Stack(new App(), 'Ledger');
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  new dynamodb.TableV2(stack, 'Orders', { partitionKey });
  const primary = new Vault(stack, 'Primary', { backupVaultName: 'primary', vaultLock: { minRetentionDays: 7 } });
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [
      {
        ruleName: 'daily',
        vault: primary.backupVault,
        schedule: Schedule.daily({ hour: 5, timeZone: 'Europe/Berlin' }),
        deleteAfter: Duration.days(days),
      },
    ],
  });
  plan.addSelection('All', { selectionName: 'all', resources: [SelectionResource.fromConstruct(stack)] });
  return stack;
}

test('the first example of the README synthesizes without a warning', () => {
  const stack = ledger(35);
  Template.fromStack(stack).resourceCountIs('AWS::Backup::BackupSelection', 1);
  expect(annotations(stack, 'warning')).toEqual([]);
});

test('the README quotes what its first example is refused with', () => {
  expect(README).toContain(`\n${refusal(() => ledger(5))}\n`);
});
