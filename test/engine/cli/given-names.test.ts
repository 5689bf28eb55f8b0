// A typing error in --parameter or --value must not pass silently: the answer would be that of another estate.
import { answerOf, cli, TEMPLATE } from './run-cli';

const TERRAFORM = JSON.stringify({
  provider: { aws: { region: 'us-east-1' } },
  variable: { vault: { default: 'main' }, colour: { type: 'string' } },
  resource: { aws_backup_vault: { v: { name: '${var.vault}' } } },
});
const BLUEPRINT = 'schema: holdfast.blueprint/1\nvaults: [{ backupVaultName: main }]';
const UNUSED = `${TEMPLATE}Outputs: { Days: { Value: !Ref Days } }\n`.replace('!Ref Days }\n', '35 }\n');
const FILES = { 'stack.yaml': TEMPLATE, 'cdk.tf.json': TERRAFORM, 'blueprint.yaml': BLUEPRINT, 'unused.yaml': UNUSED };

// prettier-ignore
const REFUSED: [argv: string, line: string][] = [
  ['stack.yaml --parameter Dais=20',              'stack.yaml: declares no parameter or variable Dais, which was given; did you mean Days?'],
  ['stack.yaml --parameter Environment=prod',     'stack.yaml: declares no parameter or variable Environment, which was given; it declares Days'],
  ['stack.yaml --parameter other:Days=20',        'stack.yaml: declares no parameter or variable other:Days, which was given; it declares Days'],
  ['cdk.tf.json --parameter valt=x',              'cdk.tf.json: declares no parameter or variable valt, which was given; did you mean vault?'],
  ['blueprint.yaml --parameter Days=20',          'blueprint.yaml: declares no parameter or variable Days, which was given; it declares none'],
  ['stack.yaml cdk.tf.json --parameter Dais=20',  'stack.yaml, cdk.tf.json: declares no parameter or variable Dais, which was given; did you mean Days?'],
  ['stack.yaml --value Vault.BackupVaultNam="x"', 'stack.yaml: reads nothing at Vault.BackupVaultNam, for which a value was given; did you mean Vault.BackupVaultName?'],
  ['stack.yaml --value Elsewhere.Thing=1',        'stack.yaml: reads nothing at Elsewhere.Thing, for which a value was given; a refusal names the path to give'],
  ['cdk.tf.json --value aws_backup_vault.w.name="x"', 'cdk.tf.json: reads nothing at aws_backup_vault.w.name, for which a value was given; did you mean aws_backup_vault.v.name?'],
];

test.each(REFUSED)('fails on a name that nothing asks for: %s', async (argv, line) => {
  const result = await cli(['check', ...argv.split(' ')], FILES);
  expect([result.code, result.stdout, result.stderr]).toEqual([2, '', `error: ${line}\n`]);
});

// prettier-ignore
test.each([
  ['of the template',                          'stack.yaml --parameter Days=20'],
  ['of one stack',                             'stack.yaml --parameter stack:Days=20'],
  ['of one artifact of several',               'stack.yaml blueprint.yaml --parameter Days=20'],
  ['that is declared and used by nothing',     'unused.yaml --parameter Days=20'],
  ['of Terraform',                             'cdk.tf.json --parameter vault=other'],
  ['of Terraform that nothing uses',           'cdk.tf.json --parameter colour=red'],
])('takes a parameter %s', async (_what, argv) => {
  expect((await cli(['check', ...argv.split(' '), '--account', '123456789012'], FILES)).stderr).toBe('');
});

test('takes a value at a path that is read, of one stack or of any', async () => {
  for (const path of ['Vault.BackupVaultName', 'stack/Vault.BackupVaultName']) {
    const result = await cli(
      ['simulate', 'stack.yaml', '--days', '1', '--value', `${path}="other"`, '--format', 'json'],
      FILES,
    );
    const { recoveryPoints } = answerOf<{ recoveryPoints: { byVault: Record<string, unknown> } }>(result);
    expect(Object.keys(recoveryPoints.byVault)).toContain('arn:aws:backup:us-east-1:123456789012:backup-vault:other');
  }
});
