import { RestoreAccessRights } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { GlueFunction } from './glue-function';
import { RESTORE_ACCESS_VAULT } from './lambda-code/restore-access-vault';
import { SYNTH } from './token-values';

/** What decides over the rights of the function. */
export interface RestoreAccessFunctionProps {
  readonly sourceBackupVaultArn: string;
  readonly backupVaultName?: string;
  readonly mpaApprovalTeamArn?: string;
}

/**
 * The function that asks for access to a logically air-gapped vault, and in its own account for the end of it.
 */
export class RestoreAccessFunction extends Construct {
  public readonly serviceToken: string;

  constructor(scope: Construct, id: string, props: RestoreAccessFunctionProps) {
    super(scope, id);
    const glue = new GlueFunction(this, 'Glue', {
      description: 'Asks for restore access to a logically air-gapped backup vault',
      code: RESTORE_ACCESS_VAULT,
      statements: statements(this, props),
      timeout: Duration.minutes(5),
    });
    acknowledge(glue, stars(Stack.of(this)));
    this.serviceToken = glue.lambdaFunction.functionArn;
  }
}

function statements(scope: Construct, props: RestoreAccessFunctionProps): iam.PolicyStatement[] {
  const { sourceBackupVaultArn, backupVaultName = '*', mpaApprovalTeamArn } = props;
  const stack = Stack.of(scope);
  const own = stack.formatArn({
    service: 'backup',
    resource: 'backup-vault',
    resourceName: backupVaultName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const anyTeam = stack.formatArn({
    service: 'mpa',
    region: 'us-east-1',
    account: '*',
    resource: 'approval-team',
    resourceName: '*',
  });
  return RestoreAccessRights.of(sourceBackupVaultArn, own, mpaApprovalTeamArn ?? anyTeam).map(
    (right) => new iam.PolicyStatement(right),
  );
}

/** The rights with stars, by the names that cdk-nag has for them. */
function stars({ partition, region, account }: Stack): Record<string, string> {
  const shown = (value: string, name: string) => (SYNTH.known(value) ? value : `<AWS::${name}>`);
  const arn = `arn:${shown(partition, 'Partition')}`;
  const own = `${arn}:backup:${shown(region, 'Region')}:${shown(account, 'AccountId')}:backup-vault:*`;
  return {
    'AwsSolutions-IAM5[Resource::*]': 'backup-storage:MountCapsule knows no resources.',
    [`AwsSolutions-IAM5[Resource::${own}]`]: 'Without a name AWS Backup chooses one.',
    [`AwsSolutions-IAM5[Resource::${arn}:mpa:us-east-1:*:approval-team/*]`]:
      'The team of the source is known to its account alone, unless it is named here.',
  };
}
