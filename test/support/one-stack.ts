// One stack of a World by the official client, and a network that templates share.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { World } from '@holdfast/engine';

export const StackName = 'team';
const Capabilities = ['CAPABILITY_NAMED_IAM' as const];

type Resources = Readonly<Record<string, object>>;

export class OneStack {
  readonly world = new World({ start: '2027-01-01T00:00:00Z' });
  readonly client = this.world.client(CloudFormationClient);

  /** Makes it; answers physical ids by logical ones. */
  async deploy(Resources: Resources, Outputs = {}): Promise<Record<string, string>> {
    const TemplateBody = JSON.stringify({ Resources, Outputs });
    await this.client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
    return this.settled();
  }

  async update(Resources: Resources): Promise<Record<string, string>> {
    const TemplateBody = JSON.stringify({ Resources });
    const update = () => this.client.send(new UpdateStackCommand({ StackName, TemplateBody, Capabilities }));
    await update();
    const ids = await this.settled();
    // What stands is what was asked for.
    await expect(update()).rejects.toThrow('No updates are to be performed.');
    return ids;
  }

  async destroy(): Promise<void> {
    const { Stacks } = await this.client.send(new DescribeStacksCommand({ StackName }));
    const id = Stacks?.[0]?.StackId;
    await this.client.send(new DeleteStackCommand({ StackName }));
    const { Stacks: after } = await this.client.send(new DescribeStacksCommand({ StackName: id }));
    expect(after?.[0]).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  }

  private async settled(): Promise<Record<string, string>> {
    const { StackEvents = [] } = await this.client.send(new DescribeStackEventsCommand({ StackName }));
    const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED'));
    expect(failed.map(({ ResourceStatusReason }) => ResourceStatusReason)).toEqual([]);
    const { StackResources = [] } = await this.client.send(new DescribeStackResourcesCommand({ StackName }));
    const ids = StackResources.map((one) => [one.LogicalResourceId, one.PhysicalResourceId]);
    return Object.fromEntries(ids) as Record<string, string>;
  }
}

export const ref = (Ref: string) => ({ Ref });
export const att = (...path: string[]) => ({ 'Fn::GetAtt': path });
export const named = (Value: string) => [{ Key: 'Name', Value }];

export const VPC = {
  Type: 'AWS::EC2::VPC',
  Properties: { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, Tags: named('net') },
};
const subnet = (zone: string, CidrBlock: string, more = {}) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: ref('Vpc'), AvailabilityZone: `us-east-1${zone}`, CidrBlock, ...more },
});
/** A VPC with a subnet in each of two zones. */
export const BASE = {
  Vpc: VPC,
  A: subnet('a', '10.0.0.0/24'),
  B: subnet('b', '10.0.1.0/24', { MapPublicIpOnLaunch: true }),
};

/** A security group of that VPC. */
export const GROUP = {
  Type: 'AWS::EC2::SecurityGroup',
  Properties: {
    GroupDescription: 'of databases',
    VpcId: ref('Vpc'),
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp: '10.0.0.0/16' }],
  },
};
