import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { ComplianceAspect, ComplianceAspectProps } from '@holdfast/cdktf';
import { ComplianceAspect as Aspect } from '@holdfast/model';
import { App, Aspects, TerraformHclModule, TerraformIterator, TerraformStack, TerraformVariable } from 'cdktf';
import {
  appOf,
  asking,
  LOCKED,
  LONGER,
  plainPlan,
  plainTests,
  rowsOf,
  stackIn,
  stackOf,
  synth,
  warnings,
} from './support/compliance';
import { refusal, sentence } from './support/stacks';

describe('one aspect in several stacks', () => {
  const tested = asking({ aspect: Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, value: 91 });

  function stacks(props: ComplianceAspectProps): { app: App; data: TerraformStack; audit: TerraformStack } {
    const app = appOf();
    const aspect = new ComplianceAspect(props);
    const [data, audit] = ['Data', 'Audit'].map((id) => {
      const stack = stackIn(app, id);
      Aspects.of(stack).add(aspect);
      return stack;
    }) as [TerraformStack, TerraformStack];
    return { app, data, audit };
  }

  test('judges them as one', () => {
    const { app, data, audit } = stacks({ standards: [tested] });
    plainPlan(data);
    plainTests(audit, 'cron(0 5 1 * ? *)', true);
    app.synth();
    expect(rowsOf(data, '')).toMatchObject([{ held: true, declared: '31 days apart' }]);
    expect(rowsOf(audit, '')).toEqual(rowsOf(data, ''));
  });

  test('tells of each finding once, in the stack that it is in or in the first', () => {
    const { app, data, audit } = stacks({ standards: [tested, LONGER], warnOnly: true });
    plainPlan(audit);
    app.synth();
    expect(warnings(data)).toEqual([expect.stringContaining('restoreTesting must be at most 91 days apart')]);
    expect(warnings(audit)).toEqual([expect.stringContaining('Audit/Plan.rules[0].lifecycle.deleteAfterDays must be')]);
  });

  test('sees that a plan of one fills a vault of the other', () => {
    const { app, data, audit } = stacks({ standards: [LOCKED] });
    const vault = new BackupVault(audit, 'V', { name: 'main' });
    plainPlan(data, { targetVaultName: vault.name });
    expect(refusal(() => app.synth())).toContain('Audit/V.vaultLock must be locked');
  });

  test('leaves out a stack that it is not added to', () => {
    const { app, data } = stacks({ standards: [LONGER] });
    plainPlan(stackIn(app, 'Elsewhere'));
    app.synth();
    expect(rowsOf(data, '')).toMatchObject([{ held: true, declared: 'none' }]);
  });
});

describe('what cannot be read is told of', () => {
  test('a module', () => {
    const stack = stackOf({ standards: [LONGER] });
    new TerraformHclModule(stack, 'Backups', { source: 'terraform-aws-modules/backup/aws' });
    synth(stack);
    expect(warnings(stack)).toEqual([
      sentence('terraform-unread', 'S/Backups', 'the module terraform-aws-modules/backup/aws'),
    ]);
  });

  test('rules that a dynamic block makes', () => {
    const stack = stackOf({ standards: [LONGER] });
    const names = new TerraformVariable(stack, 'names', { type: 'set(string)' });
    const each = TerraformIterator.fromList(names.listValue);
    const rules = each.dynamic({ ruleName: each.value, targetVaultName: 'main' });
    new BackupPlan(stack, 'Plan', { name: 'plain', rule: rules });
    synth(stack);
    expect(warnings(stack)).toEqual([sentence('terraform-unread', 'S/Plan.rules', 'rules that Terraform alone knows')]);
  });

  test('a list of rules that is a variable', () => {
    const stack = stackOf({ standards: [LONGER] });
    const rules = new TerraformVariable(stack, 'rules', { type: 'list(any)' });
    new BackupPlan(stack, 'Plan', { name: 'plain', rule: [] }).addOverride('rule', rules.value);
    synth(stack);
    expect(warnings(stack)).toHaveLength(1);
  });

  test('unless it is waived', () => {
    const waivers = [{ rule: 'terraform-unread', path: 'S/Network', reason: 'a network alone' }];
    const stack = stackOf({ standards: [LONGER], waivers });
    new TerraformHclModule(stack, 'Network', { source: './network', skipAssetCreationFromLocalModules: true });
    synth(stack);
    expect(warnings(stack)).toEqual([]);
  });
});
