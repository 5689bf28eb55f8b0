import { App, CfnOutput, CfnParameter, Fn, NestedStack, Stack, Stage, Tags } from 'aws-cdk-lib/core';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DiskFiles } from '../../../engine/src/host/files';
import { ReadOptions, ReadResult } from '../../../engine/src/ingest/artifact';
import { readArtifacts } from '../../../engine/src/ingest/read-artifacts';
import { synthCdk } from '../../support/synth';
import { ENV, read, refusal } from './read';

const HERE = { account: '111122223333', region: 'eu-central-1' };
const THERE = { account: '111122223333', region: 'eu-west-1' };

/** Reads what an app synthesizes to; paths are relative to its `cdk.out`. */
function readApp(build: (app: App) => void, options: Partial<ReadOptions> = {}): ReadResult {
  const outdir = synthCdk(build);
  const result = readArtifacts([outdir], { env: ENV, parameters: {}, values: {}, ...options }, new DiskFiles());
  return JSON.parse(JSON.stringify(result).replaceAll(`${outdir}/`, '')) as ReadResult;
}

function vaultNames(result: ReadResult): string[] {
  return (result.estate.vaults ?? []).map(
    ({ backupVaultName, env }) => `${env.account}/${env.region}/${backupVaultName}`,
  );
}

describe('a cloud assembly', () => {
  test('gives each stack the place it names, and the default where it names none', () => {
    const result = readApp((app) => {
      new BackupVault(new Stack(app, 'Named', { env: THERE }), 'Vault', { backupVaultName: 'named' });
      new BackupVault(new Stack(app, 'Open'), 'Vault', { backupVaultName: 'open' });
      new BackupVault(new Stack(app, 'China', { env: { ...HERE, region: 'cn-north-1' } }), 'V', {
        backupVaultName: 'china',
      });
    });
    expect(vaultNames(result)).toEqual([
      '111122223333/eu-west-1/named',
      '123456789012/eu-central-1/open',
      '111122223333/cn-north-1/china',
    ]);
    expect(result.estate.vaults?.[2]?.env.partition).toBe('aws-cn');
    expect(result.estate.vaults?.[0]?.declaredAt).toBe('Named.template.json: Vault23237E5B');
  });

  test('holds the stacks of its stages, and of their stages', () => {
    const result = readApp((app) => {
      const prod = new Stage(app, 'Prod', { env: HERE });
      new BackupVault(new Stack(prod, 'Data'), 'Vault', { backupVaultName: 'prod' });
      const inner = new Stage(prod, 'Inner', { env: THERE });
      new BackupVault(new Stack(inner, 'Data'), 'Vault', { backupVaultName: 'inner' });
    });
    expect(vaultNames(result).sort()).toEqual(['111122223333/eu-central-1/prod', '111122223333/eu-west-1/inner']);
    expect(result.estate.vaults?.map(({ declaredAt }) => declaredAt).sort()).toEqual([
      'assembly-Prod/ProdData90A795AA.template.json: Vault23237E5B',
      'assembly-Prod/assembly-Prod-Inner/ProdInnerData5FCCA7F9.template.json: Vault23237E5B',
    ]);
  });

  test('hands values from stack to stack through exports', () => {
    const result = readApp((app) => {
      const data = new Stack(app, 'Data', { env: HERE });
      const backup = new Stack(app, 'Backup', { env: HERE });
      const table = new Table(data, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
      const vault = new BackupVault(backup, 'Vault', { backupVaultName: 'main' });
      const plan = new BackupPlan(backup, 'Plan', { backupPlanRules: [BackupPlanRule.daily(vault)] });
      plan.addSelection('Tables', { resources: [BackupResource.fromDynamoDbTable(table)] });
    });
    const table = result.estate.resources?.[0];
    expect(table?.arn).toMatch(/^arn:aws:dynamodb:eu-central-1:111122223333:table\/data-orders[0-9a-f]+-[0-9a-f]{12}$/);
    expect(result.estate.plans?.[0]?.selections?.[0]?.resources).toEqual([table?.arn]);
  });

  test('hands values from Region to Region as the CDK does', () => {
    const result = readApp((app) => {
      const there = new Stack(app, 'There', { env: THERE, crossRegionReferences: true });
      const here = new Stack(app, 'Here', { env: HERE, crossRegionReferences: true });
      const copy = new BackupVault(there, 'Copy', { backupVaultName: 'copy' });
      const main = new BackupVault(here, 'Main', { backupVaultName: 'main' });
      new BackupPlan(here, 'Plan', {
        backupPlanRules: [new BackupPlanRule({ ruleName: 'd', copyActions: [{ destinationBackupVault: copy }] })],
        backupVault: main,
      });
    });
    expect(result.estate.plans?.[0]?.rules[0]?.copyActions).toEqual([
      { destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:copy' },
    ]);
  });

  test('holds nested stacks, with what they are given and give back', () => {
    const result = readApp((app) => {
      const root = new Stack(app, 'Root', { env: HERE, tags: { team: 'ledger' } });
      const nested = new NestedStack(root, 'Nested', { parameters: { Purpose: 'archive' } });
      const purpose = new CfnParameter(nested, 'Purpose');
      const bucket = new Bucket(nested, 'Bucket', { bucketName: `ledger-${purpose.valueAsString}` });
      const vault = new BackupVault(root, 'Vault', { backupVaultName: 'main' });
      const plan = new BackupPlan(root, 'Plan', { backupVault: vault, backupPlanRules: [BackupPlanRule.daily()] });
      plan.addSelection('Buckets', { resources: [BackupResource.fromArn(bucket.bucketArn)] });
    });
    expect(result.estate.resources).toEqual([
      {
        arn: 'arn:aws:s3:::ledger-archive',
        service: 's3',
        resourceType: 'S3',
        name: 'ledger-archive',
        env: { partition: 'aws', ...HERE },
        tags: { team: 'ledger' },
        versioning: false,
        declaredAt: expect.stringMatching(/^RootNested[0-9A-F]+\.nested\.template\.json: Bucket83908E77$/) as string,
      },
    ]);
    expect(result.estate.plans?.[0]?.selections?.[0]?.resources).toEqual(['arn:aws:s3:::ledger-archive']);
    expect(result.notRead.map(({ type }) => type)).not.toContain('AWS::CloudFormation::Stack');
  });

  test('lays the tags of a stack under those of its resources', () => {
    const result = readApp((app) => {
      const stack = new Stack(app, 'S', { env: HERE, tags: { backup: 'weekly', team: 'ledger' } });
      const bucket = new Bucket(stack, 'Bucket', { bucketName: 'ledger' });
      Tags.of(bucket).add('backup', 'daily', { priority: 300 });
    });
    expect(result.estate.resources?.[0]?.tags).toEqual({ backup: 'daily', team: 'ledger' });
  });

  test('takes parameters from the user', () => {
    const result = readApp(
      (app) => {
        const stack = new Stack(app, 'S', { env: HERE });
        const name = new CfnParameter(stack, 'VaultName');
        new BackupVault(stack, 'Vault', { backupVaultName: name.valueAsString });
        new CfnOutput(stack, 'Out', { value: Fn.importValue('nowhere') });
      },
      { parameters: { VaultName: 'given' } },
    );
    expect(vaultNames(result)).toEqual(['111122223333/eu-central-1/given']);
  });
});

const VAULT = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } };

describe('several templates', () => {
  const exporting = (name: unknown): object => ({
    Resources: { Vault: VAULT },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }, Export: { Name: name } } },
  });
  const importing = {
    Resources: {
      V: {
        Type: 'AWS::Backup::BackupVault',
        Properties: { BackupVaultName: 'second', BackupVaultTags: { first: { 'Fn::ImportValue': 'shared-Arn' } } },
      },
    },
  };

  test('resolve exports whose names are made of the stack name', () => {
    const contents = { 'a/shared.yaml': exporting({ 'Fn::Sub': '${AWS::StackName}-Arn' }), 'b.json': importing };
    expect(read(contents).estate.vaults?.[1]?.tags).toEqual({
      first: 'arn:aws:backup:eu-central-1:123456789012:backup-vault:main',
    });
  });

  test('resolve no export of which the condition does not hold', () => {
    const off = { ...exporting('shared-Arn'), Conditions: { No: { 'Fn::Equals': ['a', 'b'] } } };
    const outputs = { Arn: { Value: 'x', Condition: 'No', Export: { Name: 'shared-Arn' } } };
    expect(refusal(() => read({ 'a.json': { ...off, Outputs: outputs }, 'b.json': importing }))).toBe(
      'b.json: V.BackupVaultTags.first is {"Fn::ImportValue":"shared-Arn"}, which no stack given exports; give --value V.BackupVaultTags.first=<json>',
    );
  });

  test('join a selection to a plan of another stack', () => {
    const plan = {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'main' }] },
      },
    };
    const plans = {
      Resources: { Plan: plan },
      Outputs: { Id: { Value: { Ref: 'Plan' }, Export: { Name: 'plan-id' } } },
    };
    const selections = {
      Resources: {
        Selection: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { 'Fn::ImportValue': 'plan-id' },
            BackupSelection: { SelectionName: 's', IamRoleArn: 'arn:aws:iam::123456789012:role/r', Resources: ['*'] },
          },
        },
      },
    };
    const { estate, notRead } = read({ 'selections.json': selections, 'plans.json': plans });
    expect(notRead).toEqual([]);
    expect(estate.plans?.[0]?.selections?.map(({ selectionName, declaredAt }) => [selectionName, declaredAt])).toEqual([
      ['s', 'selections.json: Selection'],
    ]);
    const literal = structuredClone(selections);
    Object.assign(literal.Resources.Selection.Properties, { BackupPlanId: '7b4b1d1e-0000-4000-8000-000000000000' });
    expect(read({ 'selections.json': literal, 'plans.json': plans }).notRead).toEqual([
      {
        path: 'selections.json: Selection',
        type: 'AWS::Backup::BackupSelection',
        reason: 'its plan 7b4b1d1e-0000-4000-8000-000000000000 is in no artifact given',
      },
    ]);
  });

  test('may nest a template that lies beside them', () => {
    const parent = {
      Resources: {
        Child: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { TemplateURL: './nested/child.json', Parameters: { Name: 'inner' } },
        },
        Outer: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { BackupVaultName: { 'Fn::Sub': 'of-${Child.Outputs.Name}' } },
        },
      },
    };
    const child = {
      Parameters: { Name: { Type: 'String' } },
      Resources: {
        V: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: { Ref: 'Name' } } },
      },
      Outputs: { Name: { Value: { Ref: 'V' } } },
    };
    const result = read({ 'app/main.json': parent, 'app/nested/child.json': child }, {}, ['app/main.json']);
    expect(vaultNames(result)).toEqual(['123456789012/eu-central-1/of-inner', '123456789012/eu-central-1/inner']);
    const alone = { Resources: { Child: parent.Resources.Child } };
    expect(read({ 'app/main.json': alone }).notRead).toEqual([
      {
        path: 'app/main.json: Child',
        type: 'AWS::CloudFormation::Stack',
        reason: 'the template of this nested stack is not at hand',
      },
    ]);
    expect(refusal(() => read({ 'app/main.json': parent }))).toBe(
      'app/main.json: Outer.BackupVaultName is {"Fn::Sub":"of-${Child.Outputs.Name}"}, where the template of nested stack Child is not at hand; give --value Outer.BackupVaultName=<json>',
    );
  });

  test('fails on a template that nests itself', () => {
    const loop = {
      Resources: { Again: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'loop.json' } } },
    };
    expect(refusal(() => read({ 'loop.json': loop }))).toBe(
      'loop.json: Again nests loop.json, which it is itself a part of',
    );
  });

  test('fails on what refers to itself, naming the circle', () => {
    const parameterized = (value: unknown, more: object = {}): object => ({
      Resources: {
        V: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: { 'Fn::If': ['A', 'x', 'y'] } } },
        ...(value as object),
      },
      ...more,
    });
    const conditions = {
      Conditions: { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } },
    };
    expect(refusal(() => read({ 't.json': parameterized({}, conditions) }))).toBe(
      't.json: refers to itself in a circle: condition A -> condition B -> condition A',
    );
    const topics = {
      One: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['Two', 'TopicName'] } } },
      Two: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::Sub': '${Three.TopicName}' } } },
      Three: { Type: 'AWS::SNS::Topic', DependsOn: 'One' },
    };
    expect(refusal(() => read({ 't.json': { Resources: topics } }))).toBe(
      't.json: holds resources that wait for each other: One -> Two -> Three -> One',
    );
    const exported = (other: string): object => ({
      Resources: { V: VAULT },
      Outputs: { Out: { Value: { 'Fn::ImportValue': other }, Export: { Name: other === 'a' ? 'b' : 'a' } } },
    });
    const asking = { Resources: { V: { ...VAULT, Properties: { BackupVaultName: { 'Fn::ImportValue': 'a' } } } } };
    expect(refusal(() => read({ 'a.json': exported('a'), 'b.json': exported('b'), 'c.json': asking }))).toBe(
      'b.json: refers to itself in a circle: output Out -> output Out -> output Out',
    );
  });
});
