/**
 * AWS::EC2::VPC, Subnet, RouteTable, Route, SubnetRouteTableAssociation, InternetGateway, VPCGatewayAttachment, NatGateway, EIP.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only, what
 *          Fn::GetAtt gives.
 */
import type { CreateRouteCommandInput, ResourceType, TagSpecification } from '@aws-sdk/client-ec2';
import { given } from '../operations/backup/shapes';
import type { Caller } from '../operations/caller';
import { allocateAddress } from '../operations/ec2/allocate-address';
import { associateRouteTable } from '../operations/ec2/associate-route-table';
import { attachInternetGateway } from '../operations/ec2/attach-internet-gateway';
import { createInternetGateway } from '../operations/ec2/create-internet-gateway';
import { createNatGateway } from '../operations/ec2/create-nat-gateway';
import { createRoute } from '../operations/ec2/create-route';
import { createRouteTable } from '../operations/ec2/create-route-table';
import { createSubnet } from '../operations/ec2/create-subnet';
import { createTags } from '../operations/ec2/create-tags';
import { createVpc } from '../operations/ec2/create-vpc';
import { deleteInternetGateway } from '../operations/ec2/delete-internet-gateway';
import { deleteNatGateway } from '../operations/ec2/delete-nat-gateway';
import { deleteRoute } from '../operations/ec2/delete-route';
import { deleteRouteTable } from '../operations/ec2/delete-route-table';
import { deleteSubnet } from '../operations/ec2/delete-subnet';
import { deleteTags } from '../operations/ec2/delete-tags';
import { deleteVpc } from '../operations/ec2/delete-vpc';
import { detachInternetGateway } from '../operations/ec2/detach-internet-gateway';
import { disassociateRouteTable } from '../operations/ec2/disassociate-route-table';
import { modifySubnetAttribute } from '../operations/ec2/modify-subnet-attribute';
import { modifyVpcAttribute } from '../operations/ec2/modify-vpc-attribute';
import { releaseAddress } from '../operations/ec2/release-address';
import { replaceRoute } from '../operations/ec2/replace-route';
import { replaceRouteTableAssociation } from '../operations/ec2/replace-route-table-association';
import type { WorldState } from '../domain/world-state';
import { findSubnet, findVpc, networkOf, tryDefaultGroup } from '../operations/ec2-network';
import { findEc2Tagged } from '../operations/ec2-tags';
import { aclShape, vpcShape } from '../operations/network-shapes';
import { Made, ResourceHandler, Standing, Wanted, refuseOthers } from './handler';

export const NETWORKS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::EC2::VPC': {
    replacedBy: ['CidrBlock', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseOthers(wanted, ['CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags']);
      const { Vpc } = createVpc(state, env, {
        CidrBlock: properties.member('CidrBlock').text(),
        InstanceTenancy: properties.member('InstanceTenancy').text() as 'default' | undefined,
        TagSpecifications: tagged(wanted, 'vpc'),
      });
      return settleVpc(wanted, String(Vpc?.VpcId));
    },
    update: (wanted, { made }) => {
      retag(wanted, made.physicalId);
      return settleVpc(wanted, made.physicalId);
    },
    adopt: ({ state, env }, id) => (networkOf(state, env).vpcs.has(id) ? madeVpc(state, env, id) : undefined),
    delete: ({ state, env, made }) => {
      deleteVpc(state, env, { VpcId: made.physicalId });
    },
  },
  'AWS::EC2::Subnet': {
    replacedBy: ['AvailabilityZone', 'AvailabilityZoneId', 'CidrBlock', 'Ipv6CidrBlock', 'VpcId'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseOthers(wanted, [...SUBNET, 'AvailabilityZone', 'AvailabilityZoneId', 'CidrBlock', 'Tags', 'VpcId']);
      const { Subnet } = createSubnet(state, env, {
        VpcId: properties.member('VpcId').text(),
        CidrBlock: properties.member('CidrBlock').text(),
        AvailabilityZone: properties.member('AvailabilityZone').text(),
        AvailabilityZoneId: properties.member('AvailabilityZoneId').text(),
        TagSpecifications: tagged(wanted, 'subnet'),
      });
      return settleSubnet(wanted, String(Subnet?.SubnetId));
    },
    update: (wanted, { made }) => {
      retag(wanted, made.physicalId);
      return settleSubnet(wanted, made.physicalId);
    },
    adopt: ({ state, env }, id) => (networkOf(state, env).subnets.has(id) ? madeSubnet(state, env, id) : undefined),
    delete: ({ state, env, made }) => {
      deleteSubnet(state, env, { SubnetId: made.physicalId });
    },
  },
  'AWS::EC2::RouteTable': {
    replacedBy: ['VpcId'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const VpcId = properties.member('VpcId').text();
      const { RouteTable } = createRouteTable(state, env, { VpcId, TagSpecifications: tagged(wanted, 'route-table') });
      return named('RouteTableId', RouteTable?.RouteTableId);
    },
    update: retagged,
    delete: ({ state, env, made }) => {
      deleteRouteTable(state, env, { RouteTableId: made.physicalId });
    },
  },
  'AWS::EC2::Route': {
    replacedBy: ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId', 'RouteTableId'],
    create: (wanted) => {
      const route = routeIn(wanted);
      createRoute(wanted.state, wanted.env, route);
      return madeRoute(route);
    },
    update: (wanted) => {
      const route = routeIn(wanted);
      replaceRoute(wanted.state, wanted.env, route);
      return madeRoute(route);
    },
    delete: ({ state, env, made }) => {
      const [RouteTableId, DestinationCidrBlock] = made.physicalId.split('|');
      deleteRoute(state, env, { RouteTableId, DestinationCidrBlock });
    },
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    replacedBy: ['RouteTableId', 'SubnetId'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const RouteTableId = properties.member('RouteTableId').requiredText();
      const SubnetId = properties.member('SubnetId').requiredText();
      // What another table takes the place of has this subnet still.
      const AssociationId = networkOf(state, env).associationOf(SubnetId)?.id;
      const id =
        AssociationId === undefined || wanted.wish.generation === 0
          ? associateRouteTable(state, env, { RouteTableId, SubnetId }).AssociationId
          : replaceRouteTableAssociation(state, env, { RouteTableId, AssociationId }).NewAssociationId;
      return named('Id', id);
    },
    delete: ({ state, env, made }) => {
      const AssociationId = made.physicalId;
      const stands = [...networkOf(state, env).routeTables.values()].some(({ associations }) =>
        associations.has(AssociationId),
      );
      if (stands) {
        disassociateRouteTable(state, env, { AssociationId });
      }
    },
  },
  'AWS::EC2::InternetGateway': {
    replacedBy: [],
    create: (wanted) => {
      const TagSpecifications = tagged(wanted, 'internet-gateway');
      const { InternetGateway } = createInternetGateway(wanted.state, wanted.env, { TagSpecifications });
      return named('InternetGatewayId', InternetGateway?.InternetGatewayId);
    },
    update: retagged,
    delete: ({ state, env, made }) => {
      deleteInternetGateway(state, env, { InternetGatewayId: made.physicalId });
    },
  },
  'AWS::EC2::VPCGatewayAttachment': {
    replacedBy: ['VpcId'],
    create: (wanted) => {
      refuseOthers(wanted, ['InternetGatewayId', 'VpcId']);
      const attachment = attachmentIn(wanted);
      attachInternetGateway(wanted.state, wanted.env, attachment);
      return { physicalId: `IGW|${attachment.VpcId}`, attributes: { AttachmentType: 'IGW' } };
    },
    update: (wanted, { state, env, stack, made }) => {
      detachInternetGateway(state, env, attachmentIn(new Wanted(state, stack, made)));
      attachInternetGateway(state, env, attachmentIn(wanted));
      return made;
    },
    delete: ({ state, env, stack, made }) => {
      detachInternetGateway(state, env, attachmentIn(new Wanted(state, stack, made)));
    },
  },
  'AWS::EC2::EIP': {
    replacedBy: ['Address', 'Domain', 'IpamPoolId', 'NetworkBorderGroup', 'TransferAddress'],
    create: (wanted) => {
      refuseOthers(wanted, ['Domain', 'Tags']);
      const TagSpecifications = tagged(wanted, 'elastic-ip');
      const { PublicIp, AllocationId } = allocateAddress(wanted.state, wanted.env, { TagSpecifications });
      return { physicalId: String(PublicIp), attributes: { AllocationId, PublicIp } };
    },
    update: (wanted, { made }) => {
      retag(wanted, String(made.attributes['AllocationId']));
      return made;
    },
    delete: ({ state, env, made }) => {
      releaseAddress(state, env, { AllocationId: String(made.attributes['AllocationId']) });
    },
  },
  'AWS::EC2::NatGateway': {
    replacedBy: ['AllocationId', 'ConnectivityType', 'PrivateIpAddress', 'SubnetId'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseOthers(wanted, ['AllocationId', 'ConnectivityType', 'PrivateIpAddress', 'SubnetId', 'Tags']);
      const { NatGateway } = createNatGateway(state, env, {
        SubnetId: properties.member('SubnetId').text(),
        AllocationId: properties.member('AllocationId').text(),
        ConnectivityType: properties.member('ConnectivityType').text() as 'public' | undefined,
        PrivateIpAddress: properties.member('PrivateIpAddress').text(),
        TagSpecifications: tagged(wanted, 'natgateway'),
      });
      return named('NatGatewayId', NatGateway?.NatGatewayId);
    },
    update: retagged,
    delete: ({ state, env, made }) => {
      deleteNatGateway(state, env, { NatGatewayId: made.physicalId });
    },
  },
};

const SUBNET = ['MapPublicIpOnLaunch', 'PrivateDnsNameOptionsOnLaunch', 'AssignIpv6AddressOnCreation', 'EnableDns64'];

function named(attribute: string, id: string | undefined): Made {
  return { physicalId: String(id), attributes: { [attribute]: id } };
}

export function tagged(wanted: Wanted, type: ResourceType): TagSpecification[] {
  const Tags = Object.entries(wanted.tags()).map(([Key, Value]) => ({ Key, Value }));
  return Tags.length === 0 ? [] : [{ ResourceType: type, Tags }];
}

/** Tags of what EC2 has, as a template says them last. */
export function retag(wanted: Wanted, id: string): void {
  const { state, env } = wanted;
  const after = wanted.tags();
  const lost = Object.keys(findEc2Tagged(state, env, id).tags).filter((key) => !Object.hasOwn(after, key));
  if (lost.length > 0) {
    deleteTags(state, env, { Resources: [id], Tags: lost.map((Key) => ({ Key })) });
  }
  createTags(state, env, { Resources: [id], Tags: Object.entries(after).map(([Key, Value]) => ({ Key, Value })) });
}

function retagged(wanted: Wanted, { made }: Standing): Made {
  retag(wanted, made.physicalId);
  return made;
}

/** Source: EnableDnsSupport is on unless told otherwise, EnableDnsHostnames is off. */
function settleVpc({ state, env, properties }: Wanted, VpcId: string): Made {
  const EnableDnsSupport = { Value: properties.member('EnableDnsSupport').boolean() ?? true };
  const EnableDnsHostnames = { Value: properties.member('EnableDnsHostnames').boolean() ?? false };
  modifyVpcAttribute(state, env, { VpcId, EnableDnsSupport });
  modifyVpcAttribute(state, env, { VpcId, EnableDnsHostnames });
  return madeVpc(state, env, VpcId);
}

function madeVpc(state: WorldState, caller: Caller, VpcId: string): Made {
  const vpc = findVpc(state, caller, VpcId);
  const attributes = {
    VpcId,
    CidrBlock: vpc.cidrBlock,
    CidrBlockAssociations: vpcShape(caller, vpc).CidrBlockAssociationSet?.map(({ AssociationId }) => AssociationId),
    DefaultNetworkAcl: aclShape(state, caller, vpc).NetworkAclId,
    DefaultSecurityGroup: tryDefaultGroup(state, caller, VpcId)?.id,
    Ipv6CidrBlocks: [],
  };
  return { physicalId: VpcId, attributes };
}

function settleSubnet({ state, env, properties }: Wanted, SubnetId: string): Made {
  const options = properties.member('PrivateDnsNameOptionsOnLaunch');
  const set = (member: string) => ({ Value: properties.member(member).boolean() ?? false });
  modifySubnetAttribute(state, env, { SubnetId, MapPublicIpOnLaunch: set('MapPublicIpOnLaunch') });
  modifySubnetAttribute(state, env, { SubnetId, AssignIpv6AddressOnCreation: set('AssignIpv6AddressOnCreation') });
  modifySubnetAttribute(state, env, { SubnetId, EnableDns64: set('EnableDns64') });
  const hostnames = options.member('HostnameType').text() ?? 'ip-name';
  modifySubnetAttribute(state, env, { SubnetId, PrivateDnsHostnameTypeOnLaunch: hostnames as 'ip-name' });
  const EnableResourceNameDnsARecordOnLaunch = { Value: options.member('EnableResourceNameDnsARecord').boolean() };
  modifySubnetAttribute(state, env, {
    SubnetId,
    EnableResourceNameDnsARecordOnLaunch: { Value: EnableResourceNameDnsARecordOnLaunch.Value ?? false },
  });
  return madeSubnet(state, env, SubnetId);
}

function madeSubnet(state: WorldState, env: Caller, SubnetId: string): Made {
  const subnet = findSubnet(state, env, SubnetId);
  const acl = aclShape(state, env, findVpc(state, env, subnet.vpcId));
  const association = acl.Associations?.find((one) => one.SubnetId === SubnetId)?.NetworkAclAssociationId;
  const attributes = {
    SubnetId,
    AvailabilityZone: subnet.zone,
    CidrBlock: subnet.cidrBlock,
    NetworkAclAssociationId: association,
    VpcId: subnet.vpcId,
    Ipv6CidrBlocks: [],
  };
  return { physicalId: SubnetId, attributes };
}

/** Properties of a route have the names of the call's members. */
function routeIn({ properties }: Wanted): CreateRouteCommandInput {
  const members = properties.keys().map((key) => [key, properties.member(key).text()] as const);
  const route = given(Object.fromEntries(members));
  return { ...route, RouteTableId: properties.member('RouteTableId').requiredText() };
}

function madeRoute({ RouteTableId, DestinationCidrBlock }: CreateRouteCommandInput): Made {
  const physicalId = `${RouteTableId}|${DestinationCidrBlock ?? ''}`;
  return { physicalId, attributes: { CidrBlock: DestinationCidrBlock } };
}

function attachmentIn({ properties }: Wanted) {
  const InternetGatewayId = properties.member('InternetGatewayId').requiredText();
  return { InternetGatewayId, VpcId: properties.member('VpcId').requiredText() };
}
