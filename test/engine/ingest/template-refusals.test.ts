// All that keeps templates from being read is said at once.
import { IngestRefusals } from '../../../engine/src/ingest/artifact';
import { cli } from '../cli/run-cli';
import { read, refusal } from './read';

const vault = (name: unknown): object => ({ Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: name } });
const parameters = (...names: string[]): object => Object.fromEntries(names.map((name) => [name, { Type: 'String' }]));

const ASKS = {
  Parameters: {
    ...parameters('Stage', 'Name', 'Other', 'Password', 'Make', 'Suffix'),
    Region: { Type: 'String', Default: 'eu-west-1' },
  },
  Conditions: {
    Makes: { 'Fn::And': [{ Condition: 'IsProd' }, { 'Fn::Equals': [{ Ref: 'Make' }, 'yes'] }] },
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
  },
  Resources: {
    Named: vault({ Ref: 'Name' }),
    Joined: vault({ 'Fn::Sub': ['${AWS::Region}-${Suffix}-${!Other}-${Own}', { Own: { Ref: 'Region' } }] }),
    Perhaps: { ...vault({ 'Fn::If': ['IsProd', 'prod', 'test'] }), Condition: 'Makes' },
    Database: { Type: 'AWS::SSM::Parameter', Properties: { Value: { Ref: 'Password' } } },
  },
};

describe('parameters without a value', () => {
  test('are named together, in the order of the template, with those of conditions and without those that nobody reads', () => {
    expect(refusal(() => read({ 't.json': ASKS }))).toBe(
      't.json: Parameters have neither a default nor a value: Stage, Name, Make, Suffix; give each as --parameter <name>=<value>',
    );
  });

  test('are those left, once some are given', () => {
    const given = { Stage: 'prod', Make: 'yes', Suffix: 'x' };
    expect(refusal(() => read({ 't.json': ASKS }, { parameters: given }))).toBe(
      't.json: Named.BackupVaultName is {"Ref":"Name"}, where parameter Name has no default; give --parameter Name=<value> or --value Named.BackupVaultName=<json>',
    );
    const { estate } = read({ 't.json': ASKS }, { parameters: { ...given, Name: 'main' } });
    expect(estate.vaults?.map(({ backupVaultName }) => backupVaultName)).toEqual([
      'main',
      'eu-central-1-x-${Other}-eu-west-1',
      'prod',
    ]);
  });
});

const BROKEN = {
  Resources: {
    V: vault(['list']),
    W: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'w', Colour: 'red' } },
    P: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanName: 'p', BackupPlanRule: 'daily' } },
    },
    S: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupPlan: { Ref: 'P' }, BackupSelection: { SelectionName: 's' } },
    },
  },
};

const SAID = [
  't.json: V.BackupVaultName must be text, got ["list"]',
  't.json: P.BackupPlan.BackupPlanRule must be a list, got "daily"',
  't.json: S.BackupPlanId is not set; give --value S.BackupPlanId=<json>',
  't.json: S.BackupPlan is no property of AWS::Backup::BackupSelection; did you mean BackupPlanId?',
];

test('each resource that cannot be read is named, with the names in it that its type does not have', () => {
  expect(refusal(() => read({ 't.json': BROKEN })).split('\n')).toEqual(SAID);
  expect(() => read({ 't.json': BROKEN })).toThrow(IngestRefusals);
});

test('the command prints a line for each', async () => {
  const { code, stderr, stdout } = await cli(['check', 't.json'], { 't.json': JSON.stringify(BROKEN) });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(SAID.map((line) => `error: ${line}\n`).join(''));
});

test('what is wrong in two templates is said of both', () => {
  const message = refusal(() => read({ 'a.json': ASKS, 'b.json': { Resources: { V: vault({ Ref: 'Gone' }) } } }));
  expect(message.split('\n').map((line) => line.slice(0, 20))).toEqual([
    'a.json: Parameters h',
    'b.json: V.BackupVaul',
  ]);
});
