import { Validations } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

const PACKS = ['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** Why rules of cdk-nag about the ledger's own resources are accepted here. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  'the network is a sketch: what it lets in is not what this example shows': [
    'VPC7',
    'VPCDefaultSecurityGroupClosed',
    'VPCFlowLogsEnabled',
    'VPCNoUnrestrictedRouteToIGW',
    'VPCSubnetAutoAssignPublicIpDisabled',
  ],
  'the instance stands for one that exists; its hardening is not what this example shows': [
    'EC26',
    'EC28',
    'EC29',
    'EC2IMDSv2Enabled',
    'EC2InstanceDetailedMonitoringEnabled',
  ],
  'the databases stand for ones that exist; their hardening is not what this example shows': [
    'RDS2',
    'RDS3',
    'RDS6',
    'RDS10',
    'RDS11',
    'RDSEnhancedMonitoringEnabled',
    'RDSInstanceDeletionProtectionEnabled',
    'RDSLoggingEnabled[LogExport::postgresql]',
    'RDSLoggingEnabled[LogExport::upgrade]',
    'RDSMultiAZSupport',
    'RDSStorageEncrypted',
    'SMG4',
    'SecretsManagerRotationEnabled',
    'SecretsManagerUsingKMSKey',
  ],
  'the plan selects the cluster, with which its instances are backed up; this rule looks for their logical ids': [
    'RDSInBackupPlan',
  ],
  'the bucket stands for one that exists; its hardening is not what this example shows': [
    'S1',
    'S10',
    'S3BucketLoggingEnabled',
    'S3BucketPublicReadProhibited',
    'S3BucketPublicWriteProhibited',
    'S3BucketReplicationEnabled',
    'S3BucketSSLRequestsOnly',
    'S3DefaultEncryptionKMS',
  ],
};

/** Accepts what cdk-nag finds in the ledger's own resources. */
export function acknowledgeLedger(ledger: IConstruct): void {
  for (const [reason, rules] of Object.entries(REASONS)) {
    for (const id of rules.flatMap((rule) => PACKS.map((pack) => `${pack}-${rule}`))) {
      Validations.of(ledger).acknowledge({ id, reason });
    }
  }
}
