/**
 * DescribeInstanceTypes.
 *
 * Source   EC2 API reference; what a type is like follows from its name (../ec2-instances.ts), so that types have to be named.
 */
import type {
  _InstanceType,
  DescribeInstanceTypesCommandInput,
  DescribeInstanceTypesCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { typeFacts } from '../ec2-instances';

export function describeInstanceTypes(
  _state: WorldState,
  _caller: Caller,
  { InstanceTypes: names = [] }: DescribeInstanceTypesCommandInput,
): Omit<DescribeInstanceTypesCommandOutput, '$metadata'> {
  const types = names.map((InstanceType: _InstanceType) => {
    const { burstable, arm, vcpus, cores, threads } = typeFacts(InstanceType);
    return {
      InstanceType,
      CurrentGeneration: true,
      BareMetal: InstanceType.includes('.metal'),
      BurstablePerformanceSupported: burstable,
      ProcessorInfo: { SupportedArchitectures: [arm ? ('arm64' as const) : ('x86_64' as const)] },
      VCpuInfo: { DefaultVCpus: vcpus, DefaultCores: cores, DefaultThreadsPerCore: threads },
      EbsInfo: { EbsOptimizedSupport: 'default' as const, EncryptionSupport: 'supported' as const },
      SupportedRootDeviceTypes: ['ebs' as const],
      SupportedUsageClasses: ['on-demand' as const],
      SupportedVirtualizationTypes: ['hvm' as const],
      InstanceStorageSupported: false,
      HibernationSupported: false,
    };
  });
  return { InstanceTypes: types };
}
