import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { EfsFileSystem } from '@cdktf/provider-aws/lib/efs-file-system';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Plan, SelectionResource, Vault } from '@holdfast/cdktf';
import { ServiceFeatures, ServiceSupport } from '@holdfast/model';
import { App, TerraformResource, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { addresses, all, message, only, refusal, sentence, stackOf } from './support/stacks';

const TYPE = 'aws_backup_selection';
const NOT_SUPPORTED = 'selection-construct-not-supported';

function plan(stack: TerraformStack): Plan {
  const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault }] });
}

/** A resource of a type, as any typed class of the AWS provider is one. */
class Untyped extends TerraformResource {
  constructor(
    scope: Construct,
    type: string,
    private readonly given: Record<string, unknown> = {},
  ) {
    super(scope, 'It', { terraformResourceType: type });
    for (const [name, value] of Object.entries(given)) {
      Object.defineProperty(this, `${name}Input`, { value });
    }
  }

  protected override synthesizeAttributes() {
    return this.given;
  }
}

/** Services whose resources Terraform does not make. */
const BY_ARN_ALONE = ['virtual-machine', 'sap-hana'];

function resourceOf(scope: Construct, { terraformTypes: [type], variant }: ServiceFeatures): Untyped {
  const [value] = variant?.values ?? [];
  return new Untyped(scope, type!, variant === undefined || value === undefined ? {} : { [variant.attribute]: value });
}

const ALL = ServiceSupport.all().filter(({ id }) => !BY_ARN_ALONE.includes(id));

test.each(ALL.flatMap((service) => service.terraformTypes.map((type) => ({ service, type }))))(
  'protects every type of $service.id: $type',
  ({ service, type }) => {
    const stack = stackOf();
    plan(stack).protect(resourceOf(stack, { ...service, terraformTypes: [type] }));
    const attribute = type === 'aws_cloudformation_stack' ? 'id' : 'arn';
    expect(only(stack, TYPE)).toMatchObject({ name: 'protected', resources: [`\${${type}.It.${attribute}}`] });
  },
);

test.each(BY_ARN_ALONE)('takes what Terraform cannot make of %s by its ARN', (id) => {
  const stack = stackOf();
  const arn = ServiceSupport.arnGlob(id, 'aws');
  plan(stack).addSelection('It', { selectionName: 'it', resources: [SelectionResource.fromArn(arn)] });
  expect(only(stack, TYPE)).toMatchObject({ resources: [arn] });
});

test('protects all that a subtree holds, and passes over the rest of it', () => {
  const stack = stackOf();
  const group = new Construct(stack, 'Group');
  new S3Bucket(group, 'Bucket', {});
  new SqsQueue(group, 'Queue', {});
  new EfsFileSystem(new Construct(group, 'Deeper'), 'Files', {});
  plan(stack).protect(group);
  expect(only(stack, TYPE).resources).toEqual([
    '${aws_s3_bucket.Group_Bucket_AF57B66B.arn}',
    '${aws_efs_file_system.Group_Deeper_Files_66D3E74B.arn}',
  ]);
});

test('protects several constructs in one selection, and more in a further one', () => {
  const stack = stackOf();
  const made = plan(stack);
  const bucket = (id: string) => new S3Bucket(stack, id, {});
  const selections = [made.protect(bucket('A'), bucket('B')), made.protect(bucket('C')), made.protect(bucket('D'))];
  expect(all(stack, TYPE).map(({ name, resources }) => [name, (resources as string[]).length])).toEqual([
    ['protected-2', 1],
    ['protected-3', 1],
    ['protected', 2],
  ]);
  expect(selections.map(({ node }) => node.path)).toEqual([
    'S/Plan/Protected',
    'S/Plan/Protected2',
    'S/Plan/Protected3',
  ]);
  expect(addresses(stack).filter((address) => address.startsWith(TYPE))).toEqual([
    'aws_backup_selection.Plan_Protected2_2B2E0A99',
    'aws_backup_selection.Plan_Protected3_C89238AC',
    'aws_backup_selection.Plan_Protected_CDBD263B',
  ]);
});

describe('fails for a construct that nothing can back up', () => {
  // prettier-ignore
  const NOTHING: [string, (stack: TerraformStack) => Construct, string][] = [
    ['a queue',                  (s) => new SqsQueue(s, 'It', {}),                                                                        'aws_sqs_queue'],
    ['an empty construct',       (s) => new Construct(s, 'It'),                                                                           'no resource'],
    ['an instance of a cluster', (s) => new RdsClusterInstance(s, 'It', { clusterIdentifier: 'c', engine: 'aurora-mysql', instanceClass: 'x' }), 'aws_rds_cluster_instance'],
    ['an ONTAP file system',     (s) => new Untyped(s, 'aws_fsx_ontap_file_system'),                                                      'aws_fsx_ontap_file_system'],
  ];

  test.each(NOTHING)('%s', (_, make, held) => {
    const stack = stackOf();
    const said = sentence(NOT_SUPPORTED, 'resources[0]', `S/It with ${held}`);
    expect(refusal(() => plan(stack).protect(make(stack)))).toBe(message('S/Plan/Protected', [said]));
  });

  test('to be left out', () => {
    const stack = stackOf();
    const notResources = [SelectionResource.fromConstruct(new SqsQueue(stack, 'It', {}))];
    const declare = () => plan(stack).addSelection('It', { selectionName: 'it', tags: { a: 'b' }, notResources });
    const said = sentence(NOT_SUPPORTED, 'notResources[0]', 'S/It with aws_sqs_queue');
    expect(refusal(declare)).toBe(message('S/Plan/It', [said]));
  });
});

test('fails for nothing at all', () => {
  expect(refusal(() => plan(stackOf()).protect())).toContain('[selection-empty]');
});

test('fails for a resource of another Region or account, where a plan selects nothing', () => {
  const stack = stackOf();
  const west = new AwsProvider(stack, 'West', {
    alias: 'west',
    region: 'eu-west-1',
    allowedAccountIds: ['444455556666'],
  });
  const bucket = new S3Bucket(stack, 'It', { provider: west });
  const said = sentence(
    'selection-resource-place',
    'resources[0]',
    'S/It in 444455556666 eu-west-1, where the plan is in 111122223333 eu-central-1',
  );
  expect(refusal(() => plan(stack).protect(bucket))).toBe(message('S/Plan/Protected', [said]));
});

test('fails for a resource that names another Region than its provider', () => {
  const stack = stackOf();
  const there = new Untyped(stack, 'aws_s3_bucket', { region: 'eu-west-1' });
  expect(refusal(() => plan(stack).protect(there))).toContain(
    'got S/It in 111122223333 eu-west-1, where the plan is in',
  );
});

test('takes a resource of a provider that does not say where it is', () => {
  const stack = new TerraformStack(App.of(stackOf()), 'P');
  new AwsProvider(stack, 'Aws');
  expect(() => plan(stack).protect(new S3Bucket(stack, 'It', {}))).not.toThrow();
});

test('fails the synthesis for a resource that came into the construct after the selection', () => {
  const stack = stackOf();
  const group = new Construct(stack, 'Group');
  new S3Bucket(group, 'Early', {});
  plan(stack).protect(group);
  expect(() => Testing.synth(stack, true)).not.toThrow();
  new S3Bucket(group, 'Late', {});
  expect(refusal(() => Testing.synth(stack, true))).toContain(
    'must be made after all that it selects, got S/Group/Late later: move the selection down',
  );
});

test('says what a resource of a selection was made of', () => {
  const bucket = new S3Bucket(stackOf(), 'It', {});
  const { fromArn, fromConstruct, fromResource } = SelectionResource;
  expect([fromArn('*').arn, fromArn('*').resource, fromArn('*').construct]).toEqual(['*', undefined, undefined]);
  expect(fromConstruct(bucket)).toMatchObject({ arn: undefined, resource: undefined });
  expect(fromConstruct(bucket).construct).toBe(bucket);
  expect(fromResource(bucket).resource).toBe(bucket);
  expect(fromResource(bucket).construct).toBe(bucket);
});
