/**
 * What AWS demands and a template leaves out, names that its types do not have, or AWS refuses by its type: each is a finding with its place, all other
 * findings stay, and a run is refused naming the call.
 */
import type { CheckAnswer } from '../../../engine/src/cli/check';
import { answerOf, cli } from './run-cli';

type Members = Readonly<Record<string, unknown>>;

const VAULT = { BackupVaultName: 'main' };
const GAPPED = { BackupVaultName: 'gapped', MinRetentionDays: 7, MaxRetentionDays: 90 };
const RULE = { RuleName: 'daily', TargetBackupVault: 'main', StartWindowMinutes: 60 };
const SELECTION = {
  SelectionName: 'all',
  IamRoleArn: 'arn:aws:iam::123456789012:role/backup',
  ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' }],
};

interface Change {
  readonly vault?: Members;
  readonly gapped?: Members;
  readonly plan?: Members;
  readonly rule?: Members;
  readonly selection?: Members;
}

/** A template with a second mistake that must be found beside the one under test: a window below the least. */
function template({ vault = VAULT, gapped = GAPPED, plan, rule = RULE, selection = SELECTION }: Change): string {
  const other = { RuleName: 'other', TargetBackupVault: 'main', StartWindowMinutes: 5 };
  return JSON.stringify({
    Resources: {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: vault },
      Gapped: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: gapped },
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: { BackupPlan: { BackupPlanName: 'plan', BackupPlanRule: [rule, other], ...plan } },
      },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: selection },
      },
    },
  });
}

function without(members: Members, name: string): Members {
  return Object.fromEntries(Object.entries(members).filter(([key]) => key !== name));
}

const like = { ...SELECTION, ListOfTags: [{ ...SELECTION.ListOfTags[0], ConditionType: 'STRINGLIKE' }] };
const noType = { ...SELECTION, ListOfTags: [without(SELECTION.ListOfTags[0]!, 'ConditionType')] };

// prettier-ignore
const ROWS: [what: string, change: Change, rule: string, path: string, given: string][] = [
  ['a vault without name',                    { vault: {} },                                           'vault-name',                               'Vault.backupVaultName', 'none'],
  ['an air-gapped vault without name',        { gapped: without(GAPPED, 'BackupVaultName') },          'logically-air-gapped-vault-name',          'Gapped.backupVaultName', 'none'],
  ['an air-gapped vault without its minimum', { gapped: without(GAPPED, 'MinRetentionDays') },         'logically-air-gapped-vault-min-retention', 'Gapped.minRetentionDays', 'none'],
  ['an air-gapped vault without its maximum', { gapped: without(GAPPED, 'MaxRetentionDays') },         'logically-air-gapped-vault-max-retention', 'Gapped.maxRetentionDays', 'none'],
  ['a lock without its minimum',              { vault: { ...VAULT, LockConfiguration: { MaxRetentionDays: 90 } } }, 'vault-lock-min-retention',     'Vault.vaultLock.minRetentionDays', 'none'],
  ['a plan without name',                     { plan: { BackupPlanName: undefined } },                 'plan-name',                                'Plan.backupPlanName', 'none'],
  ['a rule without name',                     { rule: without(RULE, 'RuleName') },                     'rule-name',                                'Plan.rules[0].ruleName', 'none'],
  ['a rule without vault',                    { rule: without(RULE, 'TargetBackupVault') },            'rule-target-vault-name',                   'Plan.rules[0].targetBackupVaultName', 'none'],
  ['a copy without destination',              { rule: { ...RULE, CopyActions: [{}] } },                'copy-action-destination-arn',              'Plan.rules[0].copyActions[0].destinationBackupVaultArn', 'none'],
  ['a selection without name',                { selection: without(SELECTION, 'SelectionName') },      'selection-name',                           'Selection.selectionName', 'none'],
  ['a selection without role',                { selection: without(SELECTION, 'IamRoleArn') },         'selection-role-arn',                       'Selection.iamRoleArn', 'none'],
  ['a name that vaults do not have',          { vault: { ...VAULT, BackupVaultTag: {} } },             'cloudformation-property',                  'Vault.BackupVaultTag', 'BackupVaultTag; did you mean BackupVaultTags?'],
  ['a name that rules have in a lifecycle',   { rule: { ...RULE, DeleteAfterDays: 30 } },              'cloudformation-property',                  'Plan.BackupPlan.BackupPlanRule[0].DeleteAfterDays', 'DeleteAfterDays; did you mean Lifecycle.DeleteAfterDays?'],
  ['a name that nothing is like',             { selection: { ...SELECTION, Colour: 'red' } },          'cloudformation-property',                  'Selection.BackupSelection.Colour', 'Colour'],
  ['a listed tag of another type',            { selection: like },                                     'selection-condition-type',                 'Selection.listOfTags[0].conditionType', 'STRINGLIKE'],
  ['a listed tag without type',               { selection: noType },                                   'selection-condition-type',                 'Selection.listOfTags[0].conditionType', 'none'],
];

test.each(ROWS)('%s is a finding, and hides no other', async (_, change, rule, path, given) => {
  const files = { 't.json': template(change) };
  const result = await cli(['check', 't.json', '--format', 'json'], files);
  expect(result.code).toBe(1);
  const { findings } = answerOf<CheckAnswer>(result);
  const [found] = findings.filter((finding) => finding.rule === rule);
  expect(found).toMatchObject({ effect: 'refused-by-aws', severity: 'error', path: `t.json: ${path}` });
  expect(found?.message.slice(-given.length - 5)).toBe(` got ${given}`);
  expect(findings.map((finding) => finding.rule)).toContain('rule-start-window');
  expect(findings.map((finding) => finding.rule)).not.toContain('estate-check-failed');
  expect(JSON.stringify(findings)).not.toContain('undefined');

  const text = await cli(['check', 't.json'], files);
  expect(text).toMatchObject({ code: 1, stderr: '' });
  const next = await cli(['next', 't.json'], files);
  expect(next).toMatchObject({ code: 1, stderr: '' });
  for (const { stdout } of [text, next]) {
    expect(stdout).toContain(`[${rule}]`);
    expect(stdout).not.toContain('undefined');
  }

  // The window of the second rule is mended, so that what is refused is the row's.
  const mended = { 't.json': files['t.json'].replace('"StartWindowMinutes":5', '"StartWindowMinutes":60') };
  const run = await cli(['simulate', 't.json', '--days', '1'], mended);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/^error: AWS refuses the deploy: t\.json: \w+: Create\w+ answers \w+Exception: /);
});
