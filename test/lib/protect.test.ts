import { Plan, SelectionResource } from '@holdfast/cdk';
import { ServiceFeatures, ServiceSupport } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnParameter, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refusal, stackOf } from './support/stacks';

const ENV = { account: '111122223333', region: 'eu-central-1' };

function plan(stack: Stack): Plan {
  return new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [{ ruleName: 'daily', vault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary') }],
  });
}

interface Rendered {
  readonly SelectionName: string;
  readonly Resources: unknown[];
}

function rendered(stack: Stack): Rendered[] {
  const found = Template.fromStack(stack).findResources('AWS::Backup::BackupSelection');
  return Object.values(found).map((it) => it.Properties.BackupSelection as Rendered);
}

/** Services whose resources CloudFormation does not make, and why; a service that is not here must be selected. */
// prettier-ignore
const BY_ARN_ALONE: Record<string, string> = {
  'storage-gateway': 'a gateway makes its volumes; CloudFormation has no type for them',
  'virtual-machine': 'a hypervisor makes its virtual machines; CloudFormation knows the hypervisor alone',
  'sap-hana':        'AWS::SystemsManagerSAP::Application registers an application; its databases are found on the instance',
};

/** A resource of the service, by its CloudFormation type and what tells it from others of that type. */
function resourceOf(scope: Construct, { cloudFormationTypes: [type], variant }: ServiceFeatures): CfnResource {
  const [value] = variant?.values ?? [];
  const properties = variant === undefined || value === undefined ? {} : { [variant.property]: value };
  return new CfnResource(scope, 'It', { type: type!, properties });
}

const ALL = ServiceSupport.all();

test.each(ALL.filter(({ id }) => BY_ARN_ALONE[id] === undefined))('protects a resource of $id', (service) => {
  const stack = stackOf();
  plan(stack).protect(resourceOf(stack, service));
  expect(rendered(stack).map(({ Resources }) => Resources.length)).toEqual([1]);
});

test.each(ALL.flatMap((service) => service.cloudFormationTypes.map((type) => ({ service, type }))))(
  'protects every type of $service.id: $type',
  ({ service, type }) => {
    const stack = stackOf();
    const resource = resourceOf(stack, { ...service, cloudFormationTypes: [type] });
    const protect = () => plan(stack).protect(resource);
    if (BY_ARN_ALONE[service.id] === undefined) {
      expect(protect).not.toThrow();
    } else {
      expect(refusal(protect)).toContain('[selection-construct-not-supported]');
    }
  },
);

test.each(Object.keys(BY_ARN_ALONE))('takes what constructs cannot give of %s by its ARN', (id) => {
  const stack = stackOf();
  const arn = ServiceSupport.arnGlob(id, 'aws');
  plan(stack).addSelection('It', { selectionName: 'it', resources: [SelectionResource.fromArn(arn)] });
  expect(rendered(stack)).toMatchObject([{ Resources: [arn] }]);
});

// prettier-ignore
test.each([
  ['AWS::BackupGateway::Hypervisor',      'its virtual machines are backed up, each by its ARN or by tag'],
  ['AWS::SystemsManagerSAP::Application', 'its SAP HANA databases are backed up, each by its ARN or by tag'],
])('fails for %s and says what to do instead', (type, hint) => {
  const stack = stackOf();
  expect(refusal(() => plan(stack).protect(new CfnResource(stack, 'It', { type })))).toContain(
    `got S/It with ${type}: ${hint} [selection-construct-not-supported]`,
  );
});

test('protects several constructs in one selection, with a role of its own', () => {
  const stack = stackOf();
  const made = plan(stack).protect(new s3.Bucket(stack, 'A'), new s3.Bucket(stack, 'B'));
  expect(rendered(stack)).toMatchObject([{ SelectionName: 'protected', Resources: [{}, {}] }]);
  expect(made.role.node.path).toBe('S/Plan/Protected/Role');
});

test('protects more in a further selection', () => {
  const stack = stackOf();
  const made = plan(stack);
  const selections = ['A', 'B', 'C'].map((id) => made.protect(new s3.Bucket(stack, id)));
  expect(rendered(stack).map(({ SelectionName }) => SelectionName)).toEqual([
    'protected',
    'protected-2',
    'protected-3',
  ]);
  expect(selections.map(({ node }) => node.path)).toEqual([
    'S/Plan/Protected',
    'S/Plan/Protected2',
    'S/Plan/Protected3',
  ]);
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::Backup::BackupSelection'))).toEqual([
    'PlanProtectedCDBD263B',
    'PlanProtected22B2E0A99',
    'PlanProtected3C89238AC',
  ]);
});

test('fails for nothing at all, and for a construct with nothing to protect', () => {
  expect(refusal(() => plan(stackOf()).protect())).toContain('[selection-empty]');
  const stack = stackOf();
  expect(refusal(() => plan(stack).protect(new Construct(stack, 'It')))).toContain(
    'resources[0] must be a construct with a resource that AWS Backup backs up by itself, got S/It with no resource',
  );
});

describe('a table with replicas', () => {
  const table = (stack: Stack) =>
    new dynamodb.TableV2(stack, 'It', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      replicas: [{ region: 'eu-west-1' }],
    });

  test('is protected where its stack is', () => {
    const stack = stackOf();
    plan(stack).protect(table(stack));
    expect(rendered(stack)).toMatchObject([{ Resources: [{ 'Fn::GetAtt': ['It16E14BEE', 'Arn'] }] }]);
  });

  test('is protected in the Region of a replica by the ARN of the replica, with a plan there', () => {
    const stack = stackOf();
    const there = new Stack(App.of(stack)!, 'There', { env: { ...ENV, region: 'eu-west-1' } });
    const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
    plan(there).addSelection('It', { selectionName: 'it', resources: [SelectionResource.fromArn(arn)] });
    expect(rendered(there)).toMatchObject([{ Resources: [arn] }]);
    expect(
      refusal(() =>
        plan(stack).addSelection('It', { selectionName: 'it', resources: [SelectionResource.fromArn(arn)] }),
      ),
    ).toContain('[selection-resource-place]');
  });
});

describe('a subtree over several stacks', () => {
  const app = () => new App();

  test('is protected with all of its stacks and nested stacks', () => {
    const root = app();
    const stage = new Stage(root, 'Stage', { env: ENV });
    const [here, there] = ['Here', 'There'].map((id) => new Stack(stage, id)) as [Stack, Stack];
    new s3.CfnBucket(here, 'Bucket');
    new s3.CfnBucket(there, 'Bucket');
    new s3.CfnBucket(new NestedStack(there, 'Nested'), 'Bucket');
    plan(here).protect(stage);
    expect(rendered(here).map(({ Resources }) => Resources.length)).toEqual([3]);
  });

  test('fails for what is in another Region or account, where the plan selects nothing', () => {
    const root = app();
    const here = new Stack(root, 'Here', { env: ENV });
    const west = new Stack(root, 'West', { env: { ...ENV, region: 'eu-west-1' } });
    const other = new Stack(root, 'Other', { env: { ...ENV, account: '444455556666' } });
    new s3.CfnBucket(west, 'Bucket');
    new s3.CfnBucket(other, 'Bucket');
    expect(refusal(() => plan(here).protect(west, other))).toBe(
      [
        'Here/Plan/Protected: 2 value(s) that AWS Backup refuses',
        ...['West/Bucket in 111122223333 eu-west-1', 'Other/Bucket in 444455556666 eu-central-1'].map(
          (given, index) =>
            `  resources[${index}] must be in the partition, account and Region of the plan, which selects nothing elsewhere, got ${given}, where the plan is in 111122223333 eu-central-1 [selection-resource-place] (AWS Backup facts B3.1, B3.2/3)`,
        ),
      ].join('\n'),
    );
  });

  test('passes where account and Region are left to deployment', () => {
    const root = app();
    const here = new Stack(root, 'Here');
    const there = new Stack(root, 'There');
    new s3.CfnBucket(there, 'Bucket');
    expect(() => plan(here).protect(there)).not.toThrow();
  });
});

test('takes an ARN that is known only at deployment beside constructs', () => {
  const stack = stackOf();
  const arn = new CfnParameter(stack, 'Arn').valueAsString;
  const resources = [
    SelectionResource.fromConstruct(new s3.CfnBucket(stack, 'Bucket')),
    SelectionResource.fromArn(arn),
  ];
  plan(stack).addSelection('It', { selectionName: 'it', resources });
  expect(rendered(stack)).toMatchObject([{ Resources: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, { Ref: 'Arn' }] }]);
});
