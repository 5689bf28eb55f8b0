import { Severity } from '../../finding';
import { advice, fact, refused, Table } from './describe';

const ENVIRONMENT = 'https://docs.aws.amazon.com/cdk/v2/guide/environments.html';
const IAM = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html';
const ORGANIZATION = 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html';

export const COPY_DESTINATION = {
  environment: advice(
    'copy-destination-environment',
    Severity.ERROR,
    'used in a stack whose account and Region are known, from which the other place is told',
    ENVIRONMENT,
  ),
  region: advice('copy-destination-region', Severity.ERROR, 'the name of a Region, known at synthesis', ENVIRONMENT),
  account: advice(
    'copy-destination-account',
    Severity.ERROR,
    'the id of an account, 12 digits, known at synthesis',
    ENVIRONMENT,
  ),
  elsewhere: advice(
    'copy-destination-elsewhere',
    Severity.ERROR,
    'another Region or account than that of the plan, beside which a vault takes copies as it is',
    fact('B6.2/5'),
  ),
  key: advice('copy-destination-key', Severity.ERROR, 'one of encryptionKeyArn and primaryKeyArn', fact('B7.1/1')),
  conflict: advice(
    'copy-destination-conflict',
    Severity.ERROR,
    'given alike wherever copies go to the same vault, or left out',
    fact('1.1, 1.2'),
  ),
  provider: advice(
    'copy-destination-provider',
    Severity.ERROR,
    'an AWS provider of the stack for the Region and the account of the copy',
    fact('B17.1/1'),
  ),
  organization: refused(
    'copy-destination-organization',
    'the id of an organization, o- and 10 to 32 letters or digits',
    ORGANIZATION,
  ),
  stackName: refused(
    'copy-destination-stack-name',
    'a letter and up to 127 letters, digits and -, known at synthesis',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html',
  ),
  vaultName: advice(
    'copy-destination-vault-name',
    Severity.ERROR,
    'known at synthesis, as the ARN of the vault is spelled out',
    fact('1.1, 1.2'),
  ),
  target: advice(
    'copy-destination-target',
    Severity.ERROR,
    'a vault of the account and Region of the plan; a destination that makes its vault is for copies alone',
    fact('2.1 TargetBackupVaultName'),
  ),
  roleName: refused('copy-destination-role-name', '1 to 64 letters, digits and _+=,.@-, known at synthesis', IAM),
} satisfies Table;
